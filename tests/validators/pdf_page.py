"""pdf_page.py PROFILE[,PROFILE...] FILE...: checks PDF files with page, an engine that shares no code with veraPDF.

Prints a JSON object a line: {"file"} for each file and profile that was checked, and {"file", "rule", "message"} for
each rule that it breaks. A file that cannot be read breaks a rule too.
"""
import json
import sys

import page


def failures(file, profile):
    try:
        result = page.validate_pdf(file, profile=profile)
    except page.PageError as error:
        return [(profile, f"cannot be read: {error}")]
    found = [(failure.rule_id, failure.message) for failure in result.failures]
    return found if found or result.is_compliant else [(profile, "does not conform")]


for profile in sys.argv[1].split(","):
    for file in sys.argv[2:]:
        print(json.dumps({"file": file}))
        for rule, message in failures(file, profile):
            print(json.dumps({"file": file, "rule": f"{profile} {rule}", "message": str(message)}))
