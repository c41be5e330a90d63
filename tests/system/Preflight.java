import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/** Asks Apache PDFBox whether each file is PDF/A-1b: one line a file, "valid" or its first errors, tab, path. */
public class Preflight {
    public static void main(String[] paths) throws Exception {
        for (String path : paths) {
            System.out.println(judged(new File(path)) + "\t" + path);
        }
    }

    private static String judged(File file) throws Exception {
        PreflightParser parser = new PreflightParser(file);
        try {
            parser.parse();
            try (PreflightDocument document = parser.getPreflightDocument()) {
                document.validate();
                return told(document.getResult());
            }
        } catch (SyntaxValidationException broken) {
            return told(broken.getResult());
        }
    }

    private static String told(ValidationResult result) {
        StringBuilder errors = new StringBuilder();
        result.getErrorsList().stream().limit(3).forEach(
            error -> errors.append(error.getErrorCode()).append(' ').append(error.getDetails()).append("; "));
        return result.isValid() ? "valid" : errors.toString().replaceAll("\\s+", " ").trim();
    }
}
