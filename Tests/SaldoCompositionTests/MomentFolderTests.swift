import Auditor
import EventLog
import Foundation
import Ledger
import SaldoComposition
import Testing

@testable import ReportingService

/// How books of moments are made and kept.
@Suite(.timeLimit(.minutes(20))) struct MomentFolderTests {
  /// A log that fails at its n-th reading.
  private final class FailingReader: LogReader {
    private let log: any LogReader
    private var left: Int

    init(_ log: any LogReader, at call: Int) { (self.log, left) = (log, call) }

    func partitions(of topic: String) throws -> Int32 { try log.partitions(of: topic) }

    func end(of partition: TopicPartition, by moment: Int64?) throws -> Int64 {
      try log.end(of: partition, by: moment)
    }

    func read(
      _ partition: TopicPartition, from offset: Int64, limit: ReadLimit
    ) throws -> ReadBatch {
      left -= 1
      guard left >= 0 else { throw EventLogError.failed("the disk is gone") }
      // In small pieces, so that there are many to fail at.
      return try log.read(partition, from: offset, limit: ReadLimit(records: 10))
    }
  }

  @Test func whereTheMakingFailsThereIsNothingHalf() async throws {
    try await MomentBooks.with(partitions: 3) { books in
      let events = try Scenario(named: "everything").events
      try await books.take(events[..<(events.count / 2)])
      let (expected, summary) = try books.files(try books.export())
      try await books.take(events[(events.count / 2)...])
      let opening = FolderLog.opening(books.folder)
      var failed = 0
      for call in 0..<1_000 {
        var export = try books.export(.corte(summary.corte))
        export.log = { try opening().map { FailingReader($0, at: call) } }
        do {
          let files = try books.files(export).files
          #expect(MomentTests.differences(files, expected) == [])
          break
        } catch let error as EventLogError {
          #expect(error == .failed("the disk is gone"))
          #expect(books.kept == [], "call \(call)")
          failed += 1
        }
      }
      #expect(failed > 10 && books.kept.count == 1, "\(failed)")
    }
  }

  @Test func whatOneLeftWhoWasKilledIsRemovedAndNeverRead() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder.path + "/..") }
    // One that was being made, one that was being removed, and one that somebody makes now.
    for name in [".a.1.part", ".b.2.gone", ".c.3.part"] {
      let path = "\(folder.path)/\(name)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data().write(to: URL(filePath: "\(path)/moment"))
    }
    let held = open("\(folder.path)/.c.3.part/moment", O_RDWR | O_CLOEXEC)
    defer { close(held) }
    try #require(flock(held, LOCK_EX) == 0)
    #expect(try Self.text(of: "a", in: folder, making: "new") == "new")
    #expect(try Self.names(folder) == [".c.3.part", "a"])
    #expect(try Self.text(of: "a", in: folder, making: "newer") == "new")
  }

  @Test func theOnesThatWereNotReadForTheLongestTimeGo() throws {
    var folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder.path + "/..") }
    folder.most = 3
    for name in ["a", "b", "c"] {
      #expect(try Self.text(of: name, in: folder, making: name) == name)
    }
    #expect(try Self.text(of: "a", in: folder, making: "other") == "a")
    #expect(try Self.text(of: "d", in: folder, making: "d") == "d")
    #expect(try Self.names(folder) == ["a", "c", "d"])
    // One that is being opened stays.
    _ = try folder.use("c", make: { _ in }) { _ in
      for name in ["e", "f", "g"] { _ = try Self.text(of: name, in: folder, making: name) }
      #expect(try Self.names(folder).contains("c"))
    }
    folder.mostBytes = 1
    #expect(try Self.text(of: "h", in: folder, making: "large") == "large")
    #expect(try Self.names(folder) == ["h"])
    folder.discard("h")
    #expect(try Self.names(folder) == [])
  }

  @Test func whatAnotherVersionMadeIsMadeAgain() async throws {
    try await MomentBooks.with(partitions: 1) { books in
      let events = try Scenario(named: "plain").events
      try await books.take(events[..<(events.count / 2)])
      let (expected, summary) = try books.files(try books.export())
      try await books.take(events[(events.count / 2)...])
      let export = try books.export(.corte(summary.corte))
      _ = try books.files(export)
      let store = "\(books.folder)/moments/\(summary.corte.folderName)/reporting/records-0.sqlite"
      var bytes = try Data(contentsOf: URL(filePath: store))
      bytes.resetBytes(in: 0..<bytes.count)
      try bytes.write(to: URL(filePath: store))
      #expect(MomentTests.differences(try books.files(export).files, expected) == [])
    }
  }

  // MARK: A folder by itself

  private static func folder() throws -> MomentFolder {
    let data = FileManager.default.temporaryDirectory.appending(path: "saldo-\(UUID().uuidString)")
    let folder = MomentFolder(dataDirectory: data.path)
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
    return folder
  }

  private static func names(_ folder: MomentFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  private static func text(
    of name: String, in folder: MomentFolder, making text: String
  ) throws -> String {
    try folder.use(name) {
      try FileManager.default.createDirectory(
        atPath: "\($0)/reporting", withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(filePath: "\($0)/reporting/text"))
    } open: {
      try String(contentsOfFile: "\($0)/reporting/text", encoding: .utf8)
    }
  }
}
