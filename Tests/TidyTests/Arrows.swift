/// Who may import whom. The arrows are Package.swift's, and are written nowhere else: a file
/// imports what its target declares. What no manifest says stands here, as laws of all arrows.
enum Arrows {
  /// What every target may import: the standard library.
  private static let standard: Set<String> = ["Swift", "Synchronization"]

  /// What only a target with effects may import: the system.
  private static let system: Set<String> = [
    "Foundation", "FoundationEssentials", "FoundationNetworking", "FoundationXML", "Glibc", "Musl",
    "Darwin",
  ]

  /// Functions of values, and the port that the shells speak through: they touch no system, and
  /// stand on nothing that does.
  static func isPure(_ name: String) -> Bool {
    ["Limits", "Ledger", "Messages", "EventLog"].contains(name) || name.hasSuffix("Rules")
  }

  /// The four services, which meet in topics only.
  private static let services = ["Ingest", "Discharge", "Transfer", "Reporting"]
  /// The one place where services and adapters meet, with what tries it.
  private static let program = ["SaldoComposition", "SaldoCommands"]
  /// Beside the program, only what tries brokers may use the adapter of Kafka.
  private static let kafkaUsers = [
    "SaldoCommands", "SaldoBench", "SaldoTests", "EventLogContractTests", "EventLogKafkaTests",
    "GroupReader",
  ]

  /// Imports that no target declares, and declarations that go against a law.
  static func findings(in files: [SourceFile]) -> [Finding] {
    guard let file = files.first(where: { $0.path == "Package.swift" }) else { return [] }
    let manifest = Manifest(file.lines.joined(separator: "\n"))
    let imports = files.filter { $0.isSwift && $0.path != file.path }
      .flatMap { importFindings($0, manifest.target(of: $0)) }
    return imports
      + manifest.targets.flatMap { target in
        lawsBroken(by: target, in: manifest).map { Finding(file, line: target.line, $0) }
      }
  }

  private static func importFindings(_ file: SourceFile, _ target: Manifest.Target?) -> [Finding] {
    // Sources of no target are found by `DeclaredTargets`.
    guard let target else { return [] }
    var allowed = standard.union(target.dependencies)
    if !isPure(target.name) { allowed.formUnion(system) }
    if target.folder.hasPrefix("Tests/") { allowed.formUnion(["Testing", "Dispatch"]) }
    return imports(of: file).filter { !allowed.contains($0.module) }.map { line, module in
      Finding(
        file, line: line,
        "\(target.name) imports \(module), which Package.swift does not let it: declare it there "
          + "if the laws of Arrows.swift allow it, or move the code to a target that may")
    }
  }

  /// The laws that a target's declaration breaks.
  static func lawsBroken(by target: Manifest.Target, in manifest: Manifest) -> [String] {
    let depended = manifest.targets.filter { target.dependencies.contains($0.name) }
    var broken: [String] = []
    if !isNamedByItsPath(target) {
      broken.append("\(target.name) is not the last words of \(target.folder)")
    }
    if isPure(target.name) {
      broken += depended.filter { !isPure($0.name) }
        .map { "\(target.name) is pure and \($0.name) is not" }
    }
    if target.folder.hasPrefix("Shared/") {
      broken += depended.filter { !$0.folder.hasPrefix("Shared/") }
        .map { "\(target.name) is shared and \($0.name) is not" }
    }
    if target.folder.hasPrefix("Services/") {
      broken += depended.filter { $0.folder.hasPrefix("Tests/") }
        .map { "\(target.name) is no test and \($0.name) is one" }
    }
    if let own = service(of: target.folder) {
      broken += depended.filter { other in
        program.contains(other.name) || service(of: other.folder).map { $0 != own } ?? false
      }.map {
        "\(target.name) depends on \($0.name): services meet in topics; "
          + "what both need is Ledger's or Messages'"
      }
    }
    if target.dependencies.contains("EventLogKafka"), !kafkaUsers.contains(target.name) {
      broken.append("\(target.name) uses EventLogKafka: the program chooses the adapter")
    }
    if target.name == "Auditor", !target.dependencies.isEmpty {
      broken.append("the auditor checks the books, so it shares no code with them")
    }
    return broken
  }

  /// Whether a target is called by the last words of its path: `DischargeRules` is
  /// `Services/Discharge/Rules`.
  private static func isNamedByItsPath(_ target: Manifest.Target) -> Bool {
    let words = target.folder.split(separator: "/")
    return words.indices.contains { words[$0...].joined() == target.name }
  }

  private static func service(of folder: String) -> String? {
    services.first { folder.hasPrefix("Services/\($0)/") }
  }

  /// The modules that a file imports, with their lines.
  static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
    let kinds: Set<Substring> = [
      "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
    ]
    let modifiers: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    return file.code.enumerated().flatMap { index, line -> [(line: Int, module: String)] in
      line.split(separator: ";").compactMap { statement in
        var words = statement.split(separator: " ")[...]
        while let word = words.first, word.hasPrefix("@") || modifiers.contains(word) {
          words.removeFirst()
        }
        guard words.first == "import" else { return nil }
        words.removeFirst()
        if let word = words.first, kinds.contains(word) { words.removeFirst() }
        guard let module = words.first?.split(separator: ".").first else { return nil }
        return (index + 1, String(module))
      }
    }
  }
}
