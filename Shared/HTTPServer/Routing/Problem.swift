/// An error as a problem detail (RFC 9457): `application/problem+json` with `type`, `title`,
/// `status`, `detail`, our `code`, and what members the error has beside.
enum Problem {
  static let mediaType = "application/problem+json"

  static func response(_ error: HTTPError) -> Response {
    var headers = error.headers
    headers[.contentType] = mediaType
    var members = [
      // The status says what kind of problem it is, so the title is the status's own words.
      ("type", quoted("about:blank")), ("title", quoted(error.status.reason)),
      ("status", "\(error.status.code)"), ("detail", quoted(error.message)),
      ("code", quoted(error.code)),
    ]
    if error.status.reason.isEmpty { members.remove(at: 1) }
    members += error.members.map { ($0.name, $0.json) }
    let text = members.map { "\(quoted($0)):\($1)" }.joined(separator: ",")
    return Response(status: error.status, headers: headers, body: .bytes(Array("{\(text)}".utf8)))
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
