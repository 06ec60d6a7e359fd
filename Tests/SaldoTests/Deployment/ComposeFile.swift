import Foundation
import YAMLDocument

/// `compose.yaml` and `Services/Dockerfile`, read for the tests.
struct ComposeFile: Sendable {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  let document: YAMLDocument

  init() throws { document = try YAMLDocument(Self.root.appending(path: "compose.yaml")) }

  /// A container.
  struct Container: Sendable {
    var name: String
    var value: YAMLValue

    /// What the program in it is told.
    var command: [String] { value["command"].texts }
    /// The value of an option of the command, written `--name=value`.
    func option(_ name: String) -> String? {
      command.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }
    /// The value of one of its settings.
    func environment(_ name: String) -> String? { value["environment"][name].text }
    /// Named volumes by where they are mounted.
    var volumes: [String: String] {
      var volumes: [String: String] = [:]
      for text in value["volumes"].texts {
        let parts = text.split(separator: ":").map(String.init)
        if parts.count == 2 { volumes[parts[1]] = parts[0] }
      }
      return volumes
    }
    /// The ports that others reach it at.
    var ports: Set<String> {
      let published = value["ports"].texts.compactMap { $0.split(separator: ":").last }
      return Set(published.map(String.init) + value["expose"].texts)
    }
  }

  var containers: [Container] {
    document.root["services"].members.sorted { $0.key < $1.key }.map {
      Container(name: $0.key, value: $0.value)
    }
  }

  /// The brokers of Apache Kafka.
  var brokers: [Container] {
    containers.filter { $0.value["image"].text?.hasPrefix("apache/kafka:") == true }
  }

  /// What runs the program.
  var programs: [Container] { containers.filter { $0.value["image"].text == "saldo" } }
}

/// The instructions of a Dockerfile, stage by stage.
struct Dockerfile: Sendable {
  /// An instruction and its arguments, continued lines joined.
  struct Instruction: Sendable {
    var name: String
    var arguments: String

    /// The arguments of the list form (`["a", "b"]`), or its words.
    var list: [String] {
      let data = Data(arguments.utf8)
      return (try? JSONDecoder().decode([String].self, from: data))
        ?? arguments.split(separator: " ").map(String.init)
    }
  }

  private(set) var stages: [[Instruction]] = []

  init(_ file: URL) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
      .replacingOccurrences(of: "\\\n", with: " ")
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
      guard words.count == 2 else { continue }
      if words[0] == "FROM" { stages.append([]) }
      guard !stages.isEmpty else { continue }
      stages[stages.count - 1].append(
        Instruction(name: String(words[0]), arguments: words[1].trimmingPrefix(" ").description))
    }
  }

  /// The packages that a stage installs.
  func packages(of stage: Int) -> Set<String> {
    var packages: Set<String> = []
    for run in stages[stage] where run.name == "RUN" {
      for command in run.arguments.split(separator: "&&") where command.contains("apt-get install")
      {
        let words = command.split(separator: " ").drop { $0 != "install" }.dropFirst()
        packages.formUnion(words.filter { !$0.hasPrefix("-") }.map(String.init))
      }
    }
    return packages
  }

  /// The arguments of the instructions of one name in a stage.
  func arguments(_ name: String, of stage: Int) -> [Instruction] {
    stages[stage].filter { $0.name == name }
  }
}
