@testable import HTTPServer

/// Heads of responses with whatever a handler gives: what is written has the lines that were given
/// and no other, or nothing is written.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = input(start, count)
  let parts = bytes.split(separator: 0xFF, omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
  var headers = Headers()
  for pair in stride(from: 1, to: parts.count - 1, by: 2) {
    headers.append(HeaderName(parts[pair]), parts[pair + 1])
  }
  let code = 200 + Int(bytes.first ?? 0) * 2
  let framings: [ResponseHead.Framing] = [.none, .length(3), .chunked, .close]
  let head = ResponseHead(
    status: Status(code: code, reason: parts.first ?? ""), headers: headers,
    framing: framings[bytes.count % 4], keepsAlive: bytes.count % 3 == 0, serverName: nil)
  var output: [UInt8] = []
  guard (try? head.write(to: &output)) != nil else { return 0 }
  let text = String(decoding: output, as: UTF8.self).unicodeScalars
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  let own =
    [.length(3), .chunked].contains(head.framing) ? 1 : 0
  // The status, the headers, Date, Connection, the empty line, and what follows its end: nothing.
  precondition(lines.count == 1 + headers.fields.count + own + (head.keepsAlive ? 0 : 1) + 3)
  precondition(lines.last == "" && lines.dropLast().allSatisfy { $0.unicodeScalars.last == "\r" })
  precondition(lines[lines.count - 2].unicodeScalars.count == 1, "two heads")
  precondition(text.filter { $0 == "\r" }.count == lines.count - 1, "a bare return")
  precondition(!output.contains(0), "NUL")
  return 0
}
