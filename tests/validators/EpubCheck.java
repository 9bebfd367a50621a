// Runs EPUBCheck over several books in one virtual machine, since it takes longer to start than to check.
//
//   EpubCheck BOOK REPORT [BOOK REPORT]...      writes each report as JSON

import com.adobe.epubcheck.tool.EpubChecker;

public final class EpubCheck {
    public static void main(String[] args) {
        for (int i = 0; i + 1 < args.length; i += 2) {
            new EpubChecker().run(new String[] {args[i], "--locale", "en", "--quiet", "--json", args[i + 1]});
        }
    }
}
