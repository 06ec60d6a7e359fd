import Auditor
import Foundation
import Testing

@testable import SaldoCommands

/// What the doctor finds on a real machine and in real folders.
@Suite(.timeLimit(.minutes(20))) struct DoctorTests {
  @Test func ofAFolderThatIsWholeItFindsEveryDatabaseWhole() async throws {
    try await Workplace.with { place in
      try await place.process([Scenario.events("plain")], ["--partitions", "1"])
      let ended = try await SaldoProgram.run(["doctor", "--data", place.path("data")])
      let databases = try place.databases()
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
        try place.databases().first { $0.hasPrefix("log/saldo.inbound") })
      for (name, remedy) in [(log, "last backup"), ("discharge/books-0.sqlite", "rebuild")] {
        try place.damage(name)
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
}
