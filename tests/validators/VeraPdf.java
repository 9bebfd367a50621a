// Checks PDF files with the engine of veraPDF.
//
//   VeraPdf PROFILE[,PROFILE...] FILE...      profiles such as ua1 and 2a
//
// Prints a JSON object a line: {"file"} for each file and profile that was checked, and {"file","rule","message"}
// for each rule that it breaks. A file that cannot be read breaks a rule too.

import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public final class VeraPdf {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] args) {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (String profile : args[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.fromString(profile);
            if (flavour == PDFAFlavour.NO_FLAVOUR) {
                throw new IllegalArgumentException("no such profile: " + profile);
            }
            for (int i = 1; i < args.length; i++) {
                check(args[i], flavour);
            }
        }
    }

    private static void check(String file, PDFAFlavour flavour) {
        OUT.println("{\"file\":" + quote(file) + "}");
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(flavour, 1000, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, String> failures = failures(result);
            if (!result.isCompliant() && failures.isEmpty()) {
                failures.put(flavour.getId(), "does not conform");
            }
            failures.forEach((rule, message) -> fail(file, rule, message));
        } catch (Exception | LinkageError | StackOverflowError e) {
            fail(file, flavour.getId(), "cannot be read: " + e);
        }
    }

    /** The first failure of each rule. */
    private static Map<String, String> failures(ValidationResult result) {
        Map<String, String> failures = new TreeMap<>();
        for (TestAssertion a : result.getTestAssertions()) {
            if (a.getStatus() == TestAssertion.Status.FAILED) {
                String rule = a.getRuleId().getSpecification().getId() + " " + a.getRuleId().getClause() + "-"
                        + a.getRuleId().getTestNumber();
                String message = a.getErrorMessage() == null ? a.getMessage() : a.getErrorMessage();
                String where = a.getLocation() == null ? "" : " (" + a.getLocation().getContext() + ")";
                failures.putIfAbsent(rule, message + where);
            }
        }
        return failures;
    }

    private static void fail(String file, String rule, String message) {
        OUT.println("{\"file\":" + quote(file) + ",\"rule\":" + quote(rule) + ",\"message\":" + quote(message) + "}");
    }

    private static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
