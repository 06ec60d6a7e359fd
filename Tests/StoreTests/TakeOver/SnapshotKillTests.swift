import Brokers
import Foundation
import SQLite
import Store
import Testing

@testable import SnapshotWriter

/// A process that takes snapshots is killed, for real, at any moment of it.
@Suite(.timeLimit(.minutes(20))) struct SnapshotKillTests {
  @Test func whateverAKilledWriterLeavesEverySnapshotThatCountsIsWhole() throws {
    let folder = try TemporaryFolder()
    let (store, shared) = (folder.path + "/rows.sqlite", folder.path + "/snapshots")
    let snapshots = SnapshotFolder(SnapshotSettings(directory: shared))
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<8 {
      let told = try Self.writeUntilKilled(
        store, shared, snapshots: Int.random(in: 1...4, using: &generator),
        spins: Int.random(in: 0...200_000, using: &generator))
      let (usable, passedOver) = try snapshots.candidates(
        for: SnapshotWriter.identity, layout: StageStore.layout(SnapshotWriter.migrations))
      #expect(passedOver == [])
      // What was told is there, unless two later ones are.
      #expect(usable.first?.position ?? 0 >= told)
      #expect(usable.count >= (told > 1 ? 2 : 1) && usable.count <= 3)
      for snapshot in usable { try Self.check(snapshot, snapshots, folder.path) }
    }
    // The store itself is whole as well.
    let left = try StageStore(
      path: store, identity: SnapshotWriter.identity, migrations: SnapshotWriter.migrations)
    #expect(try left.damage() == nil && !left.wasClosed)
    try left.close()
  }

  /// Answers the position of the last snapshot that the writer said it had taken.
  private static func writeUntilKilled(
    _ store: String, _ shared: String, snapshots: Int, spins: Int
  ) throws -> Int64 {
    let writer = Process()
    writer.executableURL = try executable("SnapshotWriter")
    writer.arguments = [store, shared]
    let pipe = Pipe()
    writer.standardOutput = pipe
    try writer.run()
    var output = Data()
    while output.count(where: { $0 == UInt8(ascii: "\n") }) < snapshots {
      let more = PipeBytes.next(pipe.fileHandleForReading)
      guard !more.isEmpty else { break }
      output += more
    }
    // Somewhere in the next one.
    var sum = 0
    for number in 0..<spins { sum &+= number }
    #expect(sum >= 0)
    kill(writer.processIdentifier, SIGKILL)
    writer.waitUntilExit()
    #expect(writer.terminationReason == .uncaughtSignal, "the writer ended by itself")
    output += try pipe.fileHandleForReading.readToEnd() ?? Data()
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
    return try #require(lines.last.flatMap { Int64($0) })
  }

  /// Restores a snapshot: every row is of its position.
  private static func check(
    _ snapshot: SnapshotManifest, _ snapshots: SnapshotFolder, _ folder: String
  ) throws {
    let path = folder + "/restored.sqlite"
    try snapshots.restore(snapshot, of: SnapshotWriter.identity, to: path)
    let store = try StageStore(
      path: path, identity: SnapshotWriter.identity, migrations: SnapshotWriter.migrations)
    #expect(try StoreProgress(store.connection).next == snapshot.position)
    let row = try store.connection.first("SELECT count(*), min(number), max(number) FROM row") {
      try [$0[0], $0[1], $0[2]] as [Int64]
    }
    #expect(row == [Int64(SnapshotWriter.rows), snapshot.position, snapshot.position])
    #expect(store.wasClosed)
    try store.close()
    try FileManager.default.removeItem(atPath: path)
  }

  /// A product of this package: it lies beside the running tests.
  private static func executable(_ name: String) throws -> URL {
    let running = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let linked = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let found = [running, linked]
      .map { $0.deletingLastPathComponent().appending(path: name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    return try #require(found, "\(name) is not beside the tests: swift build --build-tests")
  }
}
