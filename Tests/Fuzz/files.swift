@testable import IngestFiles
import Ledger
import Messages

/// Files of any kind but ZIP: what is read of one is the same each time and with another line's
/// end, every event is JSON, and what intake will refuse of a spreadsheet has its column named.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = input(start, count)
  guard !ZipArchive.isSignature(bytes[...]) else { return 0 }
  let reading = Reading(bytes)
  precondition(reading == Reading(bytes), "read differently the second time")
  guard let summary = reading.summary, summary.format != .events else { return 0 }
  for (event, place) in zip(reading.events, reading.places) {
    check(event, place, summary.format)
  }
  // Without returns and quotes, each feed ends a line.
  let isPlain = !bytes.contains { $0 == 0x0D || $0 == UInt8(ascii: "\"") || $0 == 0 }
  guard isPlain, bytes.first.map({ $0 < 0x80 }) == true, count < FileLimits().maxRow / 4 else {
    return 0
  }
  let returns = Reading(bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] })
  precondition(returns == reading, "read differently with CRLF")
  return 0
}

private func check(_ event: [UInt8], _ place: FilePlace, _ format: FileFormat) {
  precondition(place.line > 0)
  var decoder = EventDecoder()
  do throws(Rejection) {
    _ = try decoder.decode(event)
  } catch {
    precondition(error.code != .jsonMalformed && error.code != .eventNotAnObject, "\(error)")
    precondition(format == .partes || place.column != nil, "no column for \(error)")
  }
}

/// What is read of bytes, or why nothing is.
private struct Reading: Equatable, InboundSink {
  var summary: FileSummary?
  var failure: InputFileError.Code?
  var events: [[UInt8]] = []
  var places: [FilePlace] = []
  var notes: [FileNote] = []

  init(_ bytes: [UInt8]) {
    do {
      summary = try InputFile.load(
        bytes: bytes, name: "f", loaded: Instant(nanoseconds: 1_700_000_000_000_000_000),
        into: &self)
    } catch {
      failure = (error as? InputFileError)?.code
    }
  }

  mutating func take(event: UnsafeRawBufferPointer, at place: FilePlace) {
    events.append(Array(event))
    places.append(place)
  }

  mutating func take(note: FileNote) { notes.append(note) }
}
