import EventLog
import Foundation
import IngestFiles
import Logging
import Synchronization
import Testing

@testable import IngestService

/// A folder that files are dropped into.
@Suite struct WatchedFolderTests {
  private static let event = Data(
    """
    {"specversion":"1.0","id":"1","source":"/erp","type":"immex.company.v1",\
    "time":"2026-01-02T09:00:00Z","data":{"rfc":"MNO010101AB1","name":"Maquilas",\
    "immexProgram":"1","certification":null}}

    """.utf8)

  @Test func aFileIsTakenOnceItHasStayedTheSame() async throws {
    let drop = try Drop()
    try drop.write(Self.event, "a.ndjson")
    try await drop.look(after: 0)
    try await drop.look(after: 1)
    #expect(drop.loaded == [])
    // It grows: the time begins anew.
    try drop.write(Self.event + Self.event, "a.ndjson")
    try await drop.look(after: 3)
    #expect(drop.loaded == [])
    try await drop.look(after: 5)
    #expect(drop.loaded == ["a.ndjson"])
    #expect(try drop.names() == ["refused", "taken"])
    #expect(try drop.names("taken") == ["a.ndjson", "a.ndjson.saldo.txt"])
    #expect(
      try drop.text("taken/a.ndjson.saldo.txt").hasPrefix(
        "a.ndjson, \(2 * Self.event.count) bytes: taken\n"))
    try await drop.look(after: 60)
    #expect(drop.loaded == ["a.ndjson"])
  }

  @Test func filesComeInTheOrderInWhichTheyWereWritten() async throws {
    let drop = try Drop()
    for (name, age) in [("b", 30), ("a", 20), ("c", 40)] {
      try drop.write(Self.event, name)
      try FileManager.default.setAttributes(
        [
          .modificationDate: Date(timeIntervalSince1970: 1_700_000_000).addingTimeInterval(
            -Self.seconds(age))
        ],
        ofItemAtPath: drop.path + "/" + name)
    }
    try await drop.look(after: 0)
    try await drop.look(after: 2)
    #expect(drop.loaded == ["c", "b", "a"])
  }

  @Test func whatIsHiddenUnfinishedOrNoFileStaysWhereItIs() async throws {
    let drop = try Drop()
    let names = [".hidden", "a.ndjson.part", "b.FILEPART", "c.tmp"]
    for name in names { try drop.write(Self.event, name) }
    try FileManager.default.createDirectory(
      atPath: drop.path + "/within", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: drop.path + "/link", withDestinationPath: "/etc/hostname")
    for seconds in [0, 5, 10] { try await drop.look(after: seconds) }
    #expect(drop.loaded == [])
    // Renamed into its place it is a file like others.
    try FileManager.default.moveItem(
      atPath: drop.path + "/a.ndjson.part", toPath: drop.path + "/a.ndjson")
    for seconds in [12, 14] { try await drop.look(after: seconds) }
    #expect(drop.loaded == ["a.ndjson"])
  }

  @Test func aFileThatIsOpenForWritingIsNotComplete() async throws {
    let drop = try Drop()
    try drop.write(Self.event, "a")
    let writer = try #require(FileHandle(forWritingAtPath: drop.path + "/a"))
    for seconds in [0, 10, 20] { try await drop.look(after: seconds) }
    #expect(drop.loaded == [])
    try writer.close()
    try await drop.look(after: 30)
    #expect(drop.loaded == ["a"])
  }

  @Test func whatCannotBeReadIsRefusedAndSaysWhy() async throws {
    let drop = try Drop()
    drop.failure = InputFileError(
      file: "/srv/x.zip", code: .truncated, detail: "a ZIP without its end")
    try drop.write(Data("PK".utf8), "x.zip")
    for seconds in [0, 2] { try await drop.look(after: seconds) }
    #expect(try drop.names("refused") == ["x.zip", "x.zip.saldo.txt"])
    #expect(
      try drop.text("refused/x.zip.saldo.txt") == """
        x.zip, 2 bytes: refused
        x.zip: truncated: a ZIP without its end

        """)
    drop.failure = nil
    try drop.write(Data("[]".utf8), "empty.json")
    for seconds in [4, 6] { try await drop.look(after: seconds) }
    #expect(
      try drop.names("refused")
        == ["empty.json", "empty.json.saldo.txt", "x.zip", "x.zip.saldo.txt"])
  }

  @Test func theNoteNamesWhatWasRejectedAndLeftOut() async throws {
    let drop = try Drop()
    let bad = Data(#"{"specversion":"1.0","id":"b","source":"/erp","type":"no"}"#.utf8)
    try drop.write(Self.event + bad + Data("\n".utf8), "a")
    drop.ignored = ["member notes.txt is unknown"]
    for seconds in [0, 2] { try await drop.look(after: seconds) }
    #expect(
      try drop.text("taken/a.saldo.txt") == """
        a, \(Self.event.count + bad.count + 1) bytes: taken
        events: 1 accepted, 1 rejected
          event 1: type.unknown type: no (expected a type of schemas/) (id b)
        left out: member notes.txt is unknown

        """)
  }

  @Test func twoFilesOfOneNameAreBothKept() async throws {
    let drop = try Drop()
    for seconds in [0, 10, 20] {
      try drop.write(Self.event, "a.ndjson")
      try await drop.look(after: seconds)
      try await drop.look(after: seconds + 5)
    }
    #expect(drop.loaded.count == 3)
    #expect(
      try drop.names("taken").filter { !$0.hasSuffix(".txt") }
        == ["a-2.ndjson", "a-3.ndjson", "a.ndjson"])
    #expect(WatchedFolder.freeName(for: ".a") { $0 == ".a" } == ".a-2")
    #expect(WatchedFolder.freeName(for: "a") { $0 == "a" } == "a-2")
  }

  /// A process that ends between loading and moving: the file is loaded again, which its events'
  /// identities make harmless, and moved once.
  @Test func afterAnEndInTheMiddleTheFileIsLoadedAgainAndMovedOnce() async throws {
    let drop = try Drop()
    try drop.write(Self.event, "a")
    drop.failure = CancellationError()
    try await drop.look(after: 0)
    await #expect(throws: CancellationError.self) { try await drop.look(after: 2) }
    #expect(try drop.names() == ["a", "refused", "taken"])
    drop.failure = nil
    drop.startAgain()
    for seconds in [10, 12, 14] { try await drop.look(after: seconds) }
    #expect(drop.loaded == ["a", "a"])
    #expect(try drop.names("taken") == ["a", "a.saldo.txt"])
  }

  @Test func whatTheLogDoesNotTakeStaysAndIsTriedAgain() async throws {
    let drop = try Drop()
    try drop.write(Self.event, "a")
    drop.failure = EventLogError.failed("no broker")
    try await drop.look(after: 0)
    await #expect(throws: EventLogError.self) { try await drop.look(after: 2) }
    #expect(try drop.names() == ["a", "refused", "taken"])
    drop.failure = nil
    try await drop.look(after: 10)
    #expect(try drop.names("taken") == ["a", "a.saldo.txt"])
  }

  /// What is loaded and cannot be moved is not loaded again at every look: the log would grow.
  @Test func aFileThatCannotBeMovedIsLoadedOnce() async throws {
    let drop = try Drop()
    try drop.write(Self.event, "a")
    try FileManager.default.removeItem(atPath: drop.path + "/taken")
    try await drop.look(after: 0)
    for seconds in [2, 4] {
      await #expect(throws: (any Error).self) { try await drop.look(after: seconds) }
    }
    #expect(drop.loaded == ["a"])
    try drop.folder.prepare()
    try await drop.look(after: 6)
    #expect(drop.loaded == ["a"])
    #expect(try drop.names("taken") == ["a", "a.saldo.txt"])
  }

  private static func seconds(_ age: Int) -> Date.Stride { Date.Stride(age) }
}

/// A watched folder of a test's own, whose looks are at times that the test says. Removed with its
/// last reference.
private final class Drop {
  let path: String
  var failure: (any Error)? {
    get { state.values.withLock { $0.failure } }
    set { state.values.withLock { $0.failure = newValue } }
  }
  var ignored: [String] {
    get { state.values.withLock { $0.ignored } }
    set { state.values.withLock { $0.ignored = newValue } }
  }
  /// The names of the files that were loaded, or were about to be.
  var loaded: [String] { state.values.withLock { $0.loaded } }
  let folder: WatchedFolder
  private let state = State()
  private var files = DroppedFiles(quiet: WatchedFolder.quiet)
  private let start = ContinuousClock.now

  private struct Values {
    var failure: (any Error)?
    var ignored: [String] = []
    var loaded: [String] = []
  }

  private final class State: Sendable {
    let values = Mutex(Values())
  }

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "drop-\(UUID())").path
    let state = state
    folder = WatchedFolder(
      path: path, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) { file in
      let (failure, ignored) = state.values.withLock { values in
        values.loaded.append(URL(filePath: file).lastPathComponent)
        return (values.failure, values.ignored)
      }
      if let failure { throw failure }
      var sink = CheckingSink()
      var summary = try InputFile.load(path: file, into: &sink) { _ in }
      summary.notes += ignored.map { FileNote(.memberUnknown, detail: $0) }
      return FileLoader.Loaded(summary: summary, verdicts: sink.check.verdicts)
    }
    try folder.prepare()
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func look(after seconds: Int) async throws {
    try await folder.look(&files, at: start + .seconds(seconds))
  }

  func startAgain() { files = DroppedFiles(quiet: WatchedFolder.quiet) }

  func write(_ bytes: Data, _ name: String) throws {
    try bytes.write(to: URL(filePath: path + "/" + name))
  }

  func names(_ within: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/" + within).sorted()
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }
}

private struct CheckingSink: InboundSink {
  var check = EventCheck()

  mutating func take(event: UnsafeRawBufferPointer, at place: FilePlace) throws {
    _ = check.admits(event)
  }

  mutating func take(note: FileNote) {}
}
