import Foundation
import Logging
import SQLite
import Store
import Testing

@testable import SaldoComposition

/// A backup reads every database as it was at one moment, for as long as it takes.
@Suite(.timeLimit(.minutes(5))) struct OvertakenBackupTests {
  @Test func itGivesUpBeforeWhatIsKeptForItHasNoBound() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "backup-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let data = folder.appending(path: "data").path
    var settings = LocalSystem.Settings()
    settings.partitions = 1
    let system = try await LocalSystem(
      directory: data, settings: settings,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    try await system.run { try await system.settle() }
    await system.close()

    // Something writes to the last database while another is copied.
    let name = try #require(DataFiles.databases(in: data).last)
    let busy = try Connection(path: "\(data)/\(name)")
    _ = try busy.setPragma("journal_mode", to: "wal")
    try busy.execute("CREATE TABLE filler (bytes BLOB) STRICT")
    func write(_ name: String, _ left: Int) throws {
      try busy.transaction { try busy.run("INSERT INTO filler VALUES (zeroblob(2097152))") }
    }
    var backup = Backup(of: data, to: folder.appending(path: "copy").path, program: "test")
    backup.wal = WALWatch(limit: 1 << 20)
    #expect(throws: BackupError.overtaken("\(data)/\(name)")) { try backup.write(progress: write) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["data"])

    backup.wal = WALWatch()
    let manifest = try backup.write(progress: write)
    #expect(manifest.files.contains { $0.name == name })
    #expect(try BackupVerification(of: backup.target).run().faults.isEmpty)
    // What was kept for it is given back with the next that is written.
    try busy.checkpoint()
    try busy.close()
  }
}
