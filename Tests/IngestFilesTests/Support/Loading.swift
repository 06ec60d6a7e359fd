import Foundation
import IngestFiles
import Ledger
import Testing

/// A sink that keeps what it is given.
struct CollectingSink: InboundSink {
  var events: [[UInt8]] = []
  var places: [FilePlace] = []
  /// The rejections among the notes.
  var notes: [FileNote] = []

  mutating func take(event: UnsafeRawBufferPointer, at place: FilePlace) {
    events.append(Array(event))
    places.append(place)
  }

  mutating func take(note: FileNote) { notes.append(note) }
}

/// What a load gave: its summary and its events as text.
struct Loaded: Equatable {
  var summary: FileSummary
  var events: [String]
  var places: [FilePlace] = []
  var rejections: [FileNote] = []

  init(_ summary: FileSummary, _ sink: CollectingSink) {
    self.summary = summary
    events = sink.events.map { String(decoding: $0, as: UTF8.self) }
    places = sink.places
    rejections = sink.notes
  }

  /// The notes' codes.
  var codes: [FileNote.Code] { summary.notes.map(\.code) }

  /// The events, parsed.
  func parsed() throws -> [[String: Any]] {
    try events.map { event in
      try #require(try JSONSerialization.jsonObject(with: Data(event.utf8)) as? [String: Any])
    }
  }

  /// The data of each event, as its text.
  var data: [String] {
    events.map { event in
      guard event.hasPrefix("{\"data\":"), let end = event.range(of: ",\"id\":\"") else {
        return "no data: \(event)"
      }
      return String(event[event.index(event.startIndex, offsetBy: 8)..<end.lowerBound])
    }
  }
}

/// 2026-01-02T03:04:05Z: when tests load files.
let loadTime = Instant(nanoseconds: 1_767_323_045_000_000_000)

func load(
  _ bytes: [UInt8], _ limits: FileLimits = .init(), loaded: Instant = loadTime
) throws -> Loaded {
  var sink = CollectingSink()
  let summary = try InputFile.load(
    bytes: bytes, name: "file", limits: limits, loaded: loaded, into: &sink)
  return Loaded(summary, sink)
}

func load(_ text: String, _ limits: FileLimits = .init()) throws -> Loaded {
  try load(Array(text.utf8), limits)
}

/// Loads the bytes by way of a file on disk.
func loadFromDisk(_ bytes: [UInt8], _ limits: FileLimits = .init()) throws -> Loaded {
  let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try Data(bytes).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  var sink = CollectingSink()
  var done: Int64 = 0
  let summary = try InputFile.load(
    path: file.path, limits: limits, loaded: loadTime, into: &sink
  ) { progress in
    #expect(progress >= done)
    done = progress
  }
  #expect(done == Int64(bytes.count))
  return Loaded(summary, sink)
}

/// The code that loading fails with; nil where it does not.
func failure(_ bytes: [UInt8], _ limits: FileLimits = .init()) throws -> InputFileError.Code? {
  var sink = CollectingSink()
  do {
    _ = try InputFile.load(bytes: bytes, name: "file", limits: limits, into: &sink)
    return nil
  } catch let error as InputFileError {
    #expect(sink.events.isEmpty, "\(error) after \(sink.events.count) events")
    return error.code
  }
}

/// A file of the acceptance scenario that is kept with the tests.
func fixture(_ name: String) throws -> [UInt8] {
  let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
  return Array(try Data(contentsOf: folder.appendingPathComponent("late-twice-rectified/\(name)")))
}

/// SplitMix64: the same numbers from the same seed.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
