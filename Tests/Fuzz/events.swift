@testable import IngestFiles
import Messages

/// Events as text: the same ones are found whether the bytes come together or in parts, and
/// whatever one says, it is read or refused.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = input(start, count)
  let whole = split([bytes[...]])
  precondition(whole == split(Parts.of(bytes)), "split differently in parts")
  var decoder = EventDecoder()
  for event in whole.events {
    event.withUnsafeBytes { event in
      do throws(Rejection) {
        let read = try decoder.decode(event)
        // What was read once is read again, with its place in front too.
        var placed: [UInt8] = []
        EventPlace(file: "f \u{22}", line: 7).append(event, to: &placed)
        let again = placed.withUnsafeBytes { try? decoder.decode($0) }
        precondition(again?.fingerprint == read.fingerprint, "read differently with its place")
        let taken = EventPlace.taken(from: placed)
        precondition(taken.place?.line == 7 && taken.event.elementsEqual(event), "taken apart")
      } catch {
        _ = decoder.identity(of: event)
      }
    }
  }
  return 0
}

private struct Found: Equatable {
  var events: [[UInt8]] = []
  var lines: [Int64] = []
  var isWithinArray = false
}

private func split(_ parts: [ArraySlice<UInt8>]) -> Found {
  var limits = FileLimits()
  limits.maxLine = 1 << 16
  var splitter = EventSplitter(limits: limits)
  var found = Found()
  for part in parts + [[]] {
    let isEnd = part.isEmpty
    Array(part).withUnsafeBytes { bytes in
      splitter.take(bytes, atEnd: isEnd) { event, line in
        found.events.append(Array(event))
        found.lines.append(line)
      }
    }
  }
  found.isWithinArray = splitter.isWithinArray
  return found
}
