import Auditor
import Foundation
import Testing

/// A folder that was copied file by file while services ran on it is known, and said to be one.
@Suite(.timeLimit(.minutes(10))) struct LiveCopyTests {
  private func copy(_ place: Workplace, _ from: String, _ to: String, _ options: String) throws {
    let program = Process()
    program.executableURL = URL(filePath: "/usr/bin/env")
    program.arguments = ["cp", options, place.path(from), place.path(to)]
    try program.run()
    program.waitUntilExit()
    try #require(program.terminationStatus == 0)
  }

  @Test func aLiveCopyIsRefusedByEverything() async throws {
    try await Workplace.with { place in
      let events = Scenario.events("plain")
      try await place.process([events], ["--partitions", "2"])
      let system = try await RunningSystem(place, [])
      try await system.waitUntilReady()
      try copy(place, "data", "copy", "-a")
      for arguments in [
        ["export", "--data", place.path("copy"), "--out", place.path("r")],
        ["backup", "--data", place.path("copy"), "--out", place.path("b")],
        Workplace.arguments([events], place.path("copy"), place.path("r")),
        ["up", "--data", place.path("copy"), "--port", "0"],
      ] {
        let ended = try await SaldoProgram.run(arguments, expecting: 2)
        #expect(ended.errors.contains("was copied file by file"), "\(arguments): \(ended.errors)")
      }
      // The folder itself is not taken for one, nor when its process was killed.
      system.program.send(SIGKILL)
      _ = await system.program.ended()
      try await place.process([events])
      #expect(!FileManager.default.fileExists(atPath: place.path("data/in-use")))
    }
  }

  /// Nobody worked on it: a copy is as good as the folder.
  @Test func aCopyOfAClosedFolderIsAFolder() async throws {
    try await Workplace.with { place in
      let events = Scenario.events("plain")
      try await place.process([events], ["--partitions", "2"])
      try copy(place, "data", "copy", "-a")
      try await place.process([events], data: "copy", reports: "again")
      try place.expectSame("again", as: "reports")
    }
  }
}
