import Auditor
import Foundation
import Testing

/// A folder that `saldo up` takes files from.
@Suite(.timeLimit(.minutes(20))) struct WatchTests {
  private static let options = ["--partitions", "2", "--watch-quiet", "0"]

  @Test func filesThatAreDroppedAreTakenOrRefused() async throws {
    try await Workplace.with { place in
      let drop = try place.makeFolder("drop")
      let system = try await RunningSystem(place, Self.options + ["--watch", drop])
      let files = try Scenario.customsFiles("everything")
      for file in files { try place.drop(file, into: drop) }
      let letter = try place.write("A letter, and no table.\n", to: "letter.txt")
      try place.drop(letter, into: drop)
      try await system.waitForReports(of: "everything")
      try await place.waitUntil { try Self.names(drop) == [".saldo.lock", "refused", "taken"] }
      let names = files.map { URL(filePath: $0).lastPathComponent }
      let taken = try Self.names(drop + "/taken")
      #expect(taken == (names + names.map { $0 + ".saldo.txt" }).sorted())
      #expect(try Self.names(drop + "/refused") == ["letter.txt", "letter.txt.saldo.txt"])
      let note = try String(contentsOfFile: drop + "/refused/letter.txt.saldo.txt", encoding: .utf8)
      #expect(note.contains("letter.txt: unknownFormat"))
      let ended = await system.stop(SIGTERM)
      #expect(ended.code == 0, "\(ended.errors)")
    }
  }

  @Test func killedInTheMiddleEveryFileIsInTheBooksOnce() async throws {
    try await Workplace.with { place in
      let drop = try place.makeFolder("drop")
      let files = try Scenario.customsFiles("late-twice-rectified")
      var names: [String] = []
      for (index, file) in files.enumerated() {
        let system = try await RunningSystem(place, Self.options + ["--watch", drop])
        try place.drop(file, into: drop)
        names.append(URL(filePath: file).lastPathComponent)
        // At one time before the file is seen, at another while it is read or after that.
        for _ in 0..<index { _ = try await system.get("health/live") }
        _ = await system.stop(SIGKILL)
      }
      let system = try await RunningSystem(place, Self.options + ["--watch", drop])
      try await system.waitForReports(of: "late-twice-rectified")
      try await place.waitUntil { try Self.names(drop) == [".saldo.lock", "refused", "taken"] }
      let taken = try Self.names(drop + "/taken")
      #expect(taken == (names + names.map { $0 + ".saldo.txt" }).sorted())
      #expect(try Self.names(drop + "/refused") == [])
      let ended = await system.stop(SIGTERM)
      #expect(ended.code == 0, "\(ended.errors)")
      let export = try await SaldoProgram.run(
        ["export", "--data", place.path("data"), "--out", place.path("out")], expecting: 0)
      #expect(export.figure("rejected") == 0 && export.figure("waiting") == 0)
    }
  }

  private static func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }
}

extension Workplace {
  func makeFolder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: path(name), withIntermediateDirectories: true)
    return path(name)
  }

  /// Copies a file under another name and renames it into its place, as careful programs do.
  func drop(_ file: String, into folder: String) throws {
    let name = URL(filePath: file).lastPathComponent
    try FileManager.default.copyItem(atPath: file, toPath: "\(folder)/\(name).part")
    try FileManager.default.moveItem(
      atPath: "\(folder)/\(name).part", toPath: "\(folder)/\(name)")
  }

  /// Asks again and again, giving way in between.
  func waitUntil(_ isSo: () throws -> Bool) async throws {
    while try !isSo() {
      try Task.checkCancellation()
      await Task.yield()
    }
  }
}
