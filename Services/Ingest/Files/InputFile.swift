import Foundation
import Ledger
import Messages

/// Turns a file into inbound events. A file's values stay the strings that they are: intake judges
/// them, and rejects by name what it cannot accept.
public enum InputFile {
  /// Loads a file from disk. Its format is told by its content, never by its name.
  ///
  /// Event files and partes are streamed in constant memory; a Data Stage is read and joined as a
  /// whole, and refused before its first event when any part of it that is used is damaged.
  ///
  /// - Parameter progress: Told now and then how many bytes of the file are done.
  /// - Throws: ``InputFileError``, or what the sink throws.
  public static func load(
    path: String, limits: FileLimits = .init(), into sink: inout some InboundSink,
    progress: (Int64) -> Void
  ) throws -> FileSummary {
    let file = try OpenFile(path: path)
    var window = try ByteWindow(file: file, chunk: limits.chunk)
    guard ZipArchive.isSignature(window.rest) else {
      return try load(&window, name: path, limits, into: &sink, progress)
    }
    let archive = try ZipArchive(path: path, size: file.size)
    let summary = try DataStage.load(archive, limits, into: &sink)
    progress(file.size)
    return summary
  }

  /// Loads a file that is in memory already, such as an upload. `name` is for messages only.
  ///
  /// - Throws: ``InputFileError``, or what the sink throws.
  public static func load(
    bytes: [UInt8], name: String, limits: FileLimits = .init(), into sink: inout some InboundSink
  ) throws -> FileSummary {
    var window = ByteWindow(bytes: bytes)
    guard ZipArchive.isSignature(window.rest) else {
      return try load(&window, name: name, limits, into: &sink) { _ in }
    }
    return try bytes.withUnsafeBytes { buffer in
      try DataStage.load(ZipArchive(bytes: buffer, name: name), limits, into: &sink)
    }
  }

  private static func load(
    _ window: inout ByteWindow, name: String, _ limits: FileLimits,
    into sink: inout some InboundSink, _ progress: (Int64) -> Void
  ) throws -> FileSummary {
    if window.rest.starts(with: [0xEF, 0xBB, 0xBF]) { window.consume(3) }
    switch try window.skipWhitespace() {
    case nil:
      progress(window.position)
      return FileSummary(format: .events, events: 0, ignored: [])
    case UInt8(ascii: "{"):
      var lines = EventLines(limits: limits)
      try lines.load(&window, into: &sink, progress)
      return FileSummary(format: .events, events: lines.events, ignored: [])
    case UInt8(ascii: "["):
      var array = EventArray(limits: limits)
      try array.load(&window, into: &sink, progress)
      return FileSummary(format: .events, events: array.events, ignored: array.notes)
    default:
      guard let header = try PartesHeader(&window, limits: limits) else {
        throw InputFileError(
          file: name, code: .unknownFormat,
          detail: "neither events (JSON), nor a Data Stage (ZIP), nor partes with its header row")
      }
      var partes = PartesEvents(header: header, limits: limits)
      try partes.load(&window, into: &sink, progress)
      return FileSummary(format: .partes, events: partes.events, ignored: [])
    }
  }
}
