@testable import HTTPServer

/// Targets, queries, cookies and hosts: whatever is taken can be written again and is the same, and
/// holds nothing that the wire has no place for.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = input(start, count)
  if let target = try? Target(bytes[...]) { check(target, bytes) }
  if let items = try? Target.items(bytes[...]) {
    let text = items.map { escaped($0.name) + "=" + escaped($0.value) }.joined(separator: "&")
    let again = try? Target.items(Array(text.utf8)[...])
    precondition(again.map { same($0, items) } == true, "items \(items)")
  }
  if Authority.isValid(bytes) {
    precondition(bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"@/\\?#%,\"<>".utf8.contains($0) })
  }
  if let text = String(validating: bytes, as: UTF8.self) { checkCookies(text) }
  return 0
}

private func check(_ target: Target, _ bytes: [UInt8]) {
  let written = target.path + (target.query.map { "?" + $0 } ?? "")
  precondition(written.utf8.elementsEqual(bytes), "written \(written)")
  if target.isServer { return precondition(bytes == Array("*".utf8)) }
  precondition(bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }, "bytes")
  let path = "/" + target.segments.map(escaped).joined(separator: "/")
  guard let again = try? Target(Array(path.utf8)[...]) else { preconditionFailure("path \(path)") }
  precondition(
    again.segments.count == target.segments.count
      && zip(again.segments, target.segments).allSatisfy { $0.isExactly($1) }, "path \(path)")
  precondition(!target.segments.contains { $0.utf8.contains(0) }, "NUL")
}

private func checkCookies(_ text: String) {
  guard let request = try? Request(.get, "/", headers: [.cookie: text]) else { return }
  for (name, value) in request.cookies {
    precondition(!name.isEmpty && name.utf8.allSatisfy(ASCII.isToken), "cookie \(name)")
    precondition(!value.utf8.contains(UInt8(ascii: ";")), "cookie \(name) \(value)")
  }
}

private func same(_ a: [QueryItem], _ b: [QueryItem]) -> Bool {
  a.count == b.count
    && zip(a, b).allSatisfy { $0.name.isExactly($1.name) && $0.value.isExactly($1.value) }
}

/// With everything escaped that could be.
private func escaped(_ text: String) -> String {
  text.utf8.map { byte in
    let digits = String(byte, radix: 16)
    return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
  }.joined()
}
