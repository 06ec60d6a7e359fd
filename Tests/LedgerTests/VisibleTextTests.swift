import Ledger
import Testing

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("plain ñ 😀", "plain ñ 😀"), ("a\u{0}b", #"a\u0000b"#), ("\u{1B}[31m", #"\u001B[31m"#),
    ("a\tb", #"a\u0009b"#), ("\u{7F}", #"\u007F"#), ("\u{85}x\u{9F}", #"\u0085x\u009F"#),
    ("\u{A0}", "\u{A0}"), ("a\r\nb", #"a\u000D\u000Ab"#), ("", ""),
  ])
  func controlsAreSeen(_ text: String, _ shown: String) {
    #expect(VisibleText.line(text) == shown)
    #expect(Array(text.utf8).withUnsafeBytes { VisibleText.hasControls($0) } == (text != shown))
  }

  @Test(arguments: [
    "A\u{A0}", "\u{FEFF}A", "\u{3000}A", "A\u{2003}", "A\u{200B}", "\u{2060}A", "A\u{202F}", "A ",
    " A", "\u{1680}A", "A\u{AD}",
  ])
  func blanksAtANamesEndAreRefusedAndShown(_ name: String) {
    #expect(!Shapes.isName(name))
    #expect(Shapes.outerBlanksShown(name).hasPrefix("blank at an end: "))
    #expect(Shapes.outerBlanksShown(name).contains("<U+"))
  }

  @Test(arguments: ["A\u{A0}B", "Ñ", "A B", "Ω", "\u{65E5}"])
  func othersAreNot(_ name: String) {
    #expect(Shapes.isName(name))
    #expect(Shapes.outerBlanksShown(name) == name)
  }
}
