import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** Prints one line for each rule of PDF/UA-1 that a file breaks. */
public class VeraPdf {
  public static void main(String[] arguments) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (var path : arguments) {
      try (var parser = Foundries.defaultInstance().createParser(new FileInputStream(path), PDFAFlavour.PDFUA_1);
          var validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
        var result = validator.validate(parser);
        System.out.println("checked " + result.getTotalAssertions());
        for (var failure : result.getTestAssertions())
          if (!"PASSED".equals(failure.getStatus().toString())) System.out.println("failed " + failure.getRuleId() + " " + failure.getMessage() + " " + failure.getLocation().getContext());
      }
    }
  }
}
