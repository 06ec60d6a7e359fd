/// The status of a response.
public struct Status: Hashable, Sendable {
  /// The number: 100 to 599.
  public let code: Int
  /// The words after it, which nothing reads.
  public let reason: String

  /// A status that has no name here.
  public init(code: Int, reason: String = "") { (self.code, self.reason) = (code, reason) }

  /// Only the numbers count.
  public static func == (a: Status, b: Status) -> Bool { a.code == b.code }

  /// Only the number counts.
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }

  /// Whether a response with it has no body whatever the request: 1xx, 204, 205 and 304.
  var isWithoutBody: Bool { code < 200 || [204, 205, 304].contains(code) }
}

/// The statuses that are in use.
extension Status {
  /// 200 OK.
  public static let ok = Status(code: 200, reason: "OK")
  /// 201 Created.
  public static let created = Status(code: 201, reason: "Created")
  /// 202 Accepted.
  public static let accepted = Status(code: 202, reason: "Accepted")
  /// 204 No Content.
  public static let noContent = Status(code: 204, reason: "No Content")
  /// 205 Reset Content.
  public static let resetContent = Status(code: 205, reason: "Reset Content")
  /// 302 Found.
  public static let found = Status(code: 302, reason: "Found")
  /// 303 See Other.
  public static let seeOther = Status(code: 303, reason: "See Other")
  /// 304 Not Modified.
  public static let notModified = Status(code: 304, reason: "Not Modified")
  /// 400 Bad Request.
  public static let badRequest = Status(code: 400, reason: "Bad Request")
  /// 401 Unauthorized.
  public static let unauthorized = Status(code: 401, reason: "Unauthorized")
  /// 403 Forbidden.
  public static let forbidden = Status(code: 403, reason: "Forbidden")
  /// 404 Not Found.
  public static let notFound = Status(code: 404, reason: "Not Found")
  /// 405 Method Not Allowed.
  public static let methodNotAllowed = Status(code: 405, reason: "Method Not Allowed")
  /// 406 Not Acceptable.
  public static let notAcceptable = Status(code: 406, reason: "Not Acceptable")
  /// 408 Request Timeout.
  public static let requestTimeout = Status(code: 408, reason: "Request Timeout")
  /// 409 Conflict.
  public static let conflict = Status(code: 409, reason: "Conflict")
  /// 410 Gone.
  public static let gone = Status(code: 410, reason: "Gone")
  /// 412 Precondition Failed.
  public static let preconditionFailed = Status(code: 412, reason: "Precondition Failed")
  /// 413 Content Too Large.
  public static let contentTooLarge = Status(code: 413, reason: "Content Too Large")
  /// 414 URI Too Long.
  public static let uriTooLong = Status(code: 414, reason: "URI Too Long")
  /// 415 Unsupported Media Type.
  public static let unsupportedMediaType = Status(code: 415, reason: "Unsupported Media Type")
  /// 417 Expectation Failed.
  public static let expectationFailed = Status(code: 417, reason: "Expectation Failed")
  /// 421 Misdirected Request.
  public static let misdirectedRequest = Status(code: 421, reason: "Misdirected Request")
  /// 422 Unprocessable Content.
  public static let unprocessableContent = Status(code: 422, reason: "Unprocessable Content")
  /// 429 Too Many Requests.
  public static let tooManyRequests = Status(code: 429, reason: "Too Many Requests")
  /// 431 Request Header Fields Too Large.
  public static let headersTooLarge = Status(code: 431, reason: "Request Header Fields Too Large")
  /// 500 Internal Server Error.
  public static let internalServerError = Status(code: 500, reason: "Internal Server Error")
  /// 501 Not Implemented.
  public static let notImplemented = Status(code: 501, reason: "Not Implemented")
  /// 503 Service Unavailable.
  public static let serviceUnavailable = Status(code: 503, reason: "Service Unavailable")
  /// 507 Insufficient Storage.
  public static let insufficientStorage = Status(code: 507, reason: "Insufficient Storage")
  /// 505 HTTP Version Not Supported.
  public static let versionNotSupported = Status(code: 505, reason: "HTTP Version Not Supported")
}
