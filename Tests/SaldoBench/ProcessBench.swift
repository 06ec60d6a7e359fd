import Foundation
import IngestFiles
import Logging
import SaldoComposition

/// The whole pipeline on the embedded log: from NDJSON on disk until every partition has caught up.
enum ProcessBench {
  /// Events a second, all four services in this process.
  static func run(events: Int, keep: Bool) async throws -> Double {
    let folder = try TemporaryFolder()
    defer { if keep { print("kept: \(folder.path)") } else { folder.remove() } }
    let file = folder.path + "/events.ndjson"
    let written = try write(events, to: file)
    return Double(written) / (try await take(file, into: folder.path + "/data"))
  }

  /// Makes the books of so many events below a folder; answers where they are.
  static func books(of events: Int, in folder: String) async throws -> String {
    let file = folder + "/events.ndjson"
    _ = try write(events, to: file)
    _ = try await take(file, into: folder + "/data")
    return folder + "/data"
  }

  /// Seconds until all of a file is in books of a new folder.
  private static func take(_ file: String, into data: String) async throws -> Double {
    var logger = Logger(label: "bench")
    logger.logLevel = .error
    let system = try await LocalSystem(directory: data, logger: logger)
    let watch = Stopwatch()
    // Whichever ends first: a stage that fails must not leave the measure waiting.
    let seconds = try await withThrowingTaskGroup(of: Double?.self) { tasks in
      tasks.addTask {
        try await system.run()
        return nil
      }
      tasks.addTask {
        try await load(file, system)
        try await system.settle()
        return watch.seconds
      }
      defer { tasks.cancelAll() }
      guard let seconds = try await tasks.next() ?? nil else { throw BenchError.wrongResult }
      return seconds
    }
    await system.close()
    return seconds
  }

  private static func load(_ file: String, _ system: LocalSystem) async throws {
    var producer = system.producer()
    let handle = try FileHandle(forReadingFrom: URL(filePath: file))
    var rest = Data()
    while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
      rest.append(chunk)
      let end = (rest.lastIndex(of: UInt8(ascii: "\n")) ?? rest.startIndex - 1) + 1
      rest[..<end].withUnsafeBytes { lines in
        for line in lines.split(separator: UInt8(ascii: "\n")) {
          producer.add(UnsafeRawBufferPointer(rebasing: line), received: 1_700_000_000_000)
        }
      }
      rest = Data(rest[end...])
      if producer.isFull { try await producer.send() }
    }
    try await producer.send()
  }

  /// Writes so many events as NDJSON and answers how many there are.
  static func write(_ events: Int, to path: String) throws -> Int {
    try Data().write(to: URL(filePath: path))
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    var buffer = Data()
    var written = 0
    var mixed = MixedEvents()
    _ = try mixed.write(events) { event in
      buffer.append(contentsOf: event.utf8)
      buffer.append(UInt8(ascii: "\n"))
      written += 1
      if buffer.count > 1 << 22 {
        try handle.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    try handle.write(contentsOf: buffer)
    try handle.close()
    return written
  }
}
