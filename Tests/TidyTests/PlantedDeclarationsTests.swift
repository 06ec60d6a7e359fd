import Testing

@Suite struct PlantedDeclarationsTests {
  @Test(arguments: [
    Planted("Shared/Ledger/A.swift", "public struct A {}", at: [1]),
    Planted("Shared/Ledger/A.swift", "/// An A.\npublic struct A {}", at: []),
    Planted(
      "Shared/Ledger/A.swift", "/// An A.\n@frozen\n@usableFromInline\npublic struct A {}", at: []),
    Planted("Shared/Ledger/A.swift", "// Not a doc comment.\npublic func a() {}", at: [2]),
    Planted("Shared/Ledger/A.swift", "/// A.\n\npublic func a() {}", at: [3]),
    Planted("Shared/Ledger/A.swift", "@inlinable public static func a() {}", at: [1]),
    Planted(
      "Shared/Ledger/A.swift", "public final class A {\n  public var b = 1\n  public init() {}\n}",
      at: [1, 2, 3]),
    Planted("Shared/Ledger/A.swift", "public private(set) var a = 1", at: [1]),
    Planted("Shared/Ledger/A.swift", "public class func a() {}", at: [1]),
    Planted("Shared/Ledger/A.swift", "struct A {\n  var b = 1\n}", at: []),
    Planted(
      "Shared/Ledger/A.swift", "// public struct A {}\nlet a = \"public struct A {}\"", at: []),
    Planted(
      "Shared/Ledger/A.swift",
      "/// A.\npublic struct A {\n  public var description: String { \"\" }\n}", at: []),
    Planted("Shared/Ledger/A.swift", "public static func == (a: A, b: A) -> Bool { true }", at: []),
    Planted("Shared/Ledger/A.swift", "public static func < (a: A, b: A) -> Bool { true }", at: []),
    Planted("Shared/Ledger/A.swift", "public static func - (a: A, b: A) -> A { a }", at: [1]),
    Planted("Shared/Ledger/A.swift", "public func hash(into hasher: inout Hasher) {}", at: []),
    Planted("Shared/Ledger/A.swift", "public func hash(of text: String) {}", at: [1]),
    Planted("Shared/Ledger/A.swift", "public init(from decoder: any Decoder) throws {}", at: []),
    Planted("Shared/Ledger/A.swift", "public init(from text: String, b: Int) {}", at: []),
    Planted(
      "Shared/Ledger/A.swift", "public func encode(to encoder: any Encoder) throws {}", at: []),
    Planted(
      "Shared/Ledger/A.swift", "extension A: B {\n  public func b() {}\n}\npublic func c() {}",
      at: [4]),
    Planted(
      "Shared/Ledger/A.swift",
      "extension A:\n  B\n{\n  public func b() { if x { y } }\n  public func c() {}\n}", at: []),
    Planted("Shared/Ledger/A.swift", "extension A {\n  public func b() {}\n}", at: [2]),
    Planted("Shared/Ledger/A.swift", "extension A where B: C {\n  public func b() {}\n}", at: [2]),
    Planted("Shared/Ledger/A.swift", "public extension A {\n}", at: []),
    Planted(
      "Shared/Ledger/A.swift", "/// A.\npublic struct A {\n  public var b: Int\n}", at: [3]),
    Planted(
      "Shared/Messages/A.swift", "/// A.\npublic struct A {\n  public var b: Int\n}", at: []),
    Planted(
      "Shared/Messages/A.swift",
      "/// A.\npublic struct A {\n  public let b: Int\n  public var c: Int { b }\n"
        + "  public static let d = 1\n  public func e() {}\n}\npublic let f = 1", at: [4, 5, 6, 8]),
    Planted(
      "Shared/Messages/A.swift", "public struct A {\n  public var b: Int\n}", at: [1, 2]),
    Planted(
      "Shared/Messages/A.swift",
      "/// A.\npublic struct A {\n  public enum B {\n    public var c: Int\n  }\n"
        + "  public var d: Int\n}", at: [3, 4]),
  ])
  func aPublicDeclarationWithoutDocumentation(_ planted: Planted) {
    let findings = PublicDocumentation.findings(in: planted.files)
    #expect(findings.map(\.line) == planted.lines, "\(findings)")
    let inTests = SourceFile(path: "Tests/LedgerTests/A.swift", text: planted.text)
    #expect(PublicDocumentation.findings(in: [inTests]).isEmpty)
  }

  @Test func aFolderOfNoTargetAndATargetWithoutSources() {
    let manifest = """
      library("A", "Shared/A", ["B"]),
      library(
        "Gone", "Shared/Gone"),
      tests("ATests", ["A"]), tests(
        "BTests", ["B"]),
      """
    let files = [
      SourceFile(path: "Package.swift", text: manifest),
      SourceFile(path: "Shared/A/Inner/A.swift", text: "let a = 1"),
      SourceFile(path: "Shared/AB/A.swift", text: "let a = 1"),
      SourceFile(path: "Tests/ATests/A.swift", text: "let a = 1"),
      SourceFile(path: "Tests/BTests/A.swift", text: "let a = 1"),
      SourceFile(path: "Tests/CTests/A.swift", text: "let a = 1"),
    ]
    let findings = DeclaredTargets.findings(in: files)
    #expect(
      Set(findings.map(\.path)) == ["Shared/AB/A.swift", "Tests/CTests/A.swift", "Package.swift"])
    #expect(findings.count == 3, "\(findings)")
  }

  @Test(arguments: [
    ("a // b\nc", "a     \nc"),
    ("a /* b /* c */ d */ e", "a                   e"),
    (#"a "b\"c" d"#, #"a "    " d"#),
    (##"a #"b"c"# d"##, ##"a #"   "# d"##),
    (#"a "b \(c("d")) e" f"#, #"a "  \(c(" "))  " f"#),
    ("\"\"\"\n  a \"b\"\n  \"\"\" + c", "\"\"\"\n       \n  \"\"\" + c"),
    ("\"unclosed\nlet a", "\"        \nlet a"),
    ("#if a\n#expect(b)", "#if a\n#expect(b)"),
  ])
  func onlyCodeIsLeft(_ text: String, _ code: String) {
    #expect(CodeOnly.text(of: text) == code)
  }
}
