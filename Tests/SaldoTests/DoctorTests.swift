import Auditor
import Foundation
import Testing

@testable import Saldo

/// What the doctor finds on a real machine and in real folders.
@Suite(.timeLimit(.minutes(20))) struct DoctorTests {
  @Test func ofAFolderThatIsWholeItFindsEveryDatabaseWhole() async throws {
    try await Workplace.with { place in
      try await place.process([Scenario.events("plain")], ["--partitions", "1"])
      let ended = try await SaldoProgram.run(["doctor", "--data", place.path("data")])
      let databases = try Self.databases(in: place)
      #expect(databases.count > 10)
      #expect(
        ended.output.contains(
          "ok      databases: \(databases.count) of \(databases.count) are whole\n"))
      #expect(ended.output.contains("ok      open files: "))
      #expect(!ended.output.contains("wrong"), "\(ended.output)")
      #expect(ended.code == 0)
    }
  }

  @Test func aDamagedPageIsFoundAndWhatToDoDependsOnTheDatabase() async throws {
    try await Workplace.with { place in
      try await place.process([Scenario.events("plain")], ["--partitions", "1"])
      let log = try #require(
        try Self.databases(in: place).first { $0.hasPrefix("log/saldo.inbound") })
      for (name, remedy) in [(log, "last copy"), ("discharge/books-0.sqlite", "made again")] {
        try Self.damage(place.path("data/" + name))
        let ended = try await SaldoProgram.run(
          ["doctor", "--data", place.path("data")], expecting: 1)
        let lines = ended.output.split(separator: "\n").map(String.init)
        let index = try #require(lines.firstIndex { $0.hasPrefix("wrong   \(name): ") })
        #expect(lines[index + 1].contains(remedy), "\(ended.output)")
      }
    }
  }

  @Test func aFolderThatIsNotThereIsWrong() async throws {
    let ended = try await SaldoProgram.run(
      ["doctor", "--data", "/nowhere/at/all"], expecting: 1)
    #expect(ended.output.contains("wrong   /nowhere/at/all: No such file or directory\n"))
  }

  @Test func tooFewFilesAreToldInNumbers() async throws {
    let ended = try await SaldoProgram.run(["doctor"], after: "ulimit -n 200", expecting: 1)
    #expect(
      ended.output.contains(/wrong   open files: 200 allowed, \d+ needed for 12 partitions\n/))
    let few = try await SaldoProgram.run(
      ["doctor", "--partitions", "1"], after: "ulimit -n 400", expecting: 0)
    #expect(few.output.contains("ok      open files: 400 allowed"))
  }

  private static func databases(in place: Workplace) throws -> [String] {
    try #require(FileManager.default.enumerator(atPath: place.path("data")))
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".sqlite") }
  }

  /// Overwrites the second page; a database says at byte 16 how long its pages are.
  private static func damage(_ path: String) throws {
    let file = try FileHandle(forUpdating: URL(filePath: path))
    defer { try? file.close() }
    try file.seek(toOffset: 16)
    let page = try #require(try file.read(upToCount: 2)).reduce(0) { $0 << 8 | Int($1) }
    try file.seek(toOffset: UInt64(page))
    try file.write(contentsOf: Data(repeating: 0xA5, count: page))
  }
}
