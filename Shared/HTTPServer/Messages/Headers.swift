/// The name of a header, as it is written; upper and lower case are the same.
public struct HeaderName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// As it is written.
  public let description: String

  /// A name.
  public init(_ name: String) { description = name }

  /// A name.
  public init(stringLiteral name: String) { description = name }

  /// Whether they are the same but for the case of ASCII letters.
  public static func == (a: HeaderName, b: HeaderName) -> Bool {
    ASCII.isSame(a.description.utf8, b.description.utf8)
  }

  /// Hashes it without its case.
  public func hash(into hasher: inout Hasher) {
    for byte in description.utf8 { hasher.combine(ASCII.lower(byte)) }
  }
}

/// The names that are in use.
extension HeaderName {
  /// `Accept`.
  public static let accept: HeaderName = "Accept"
  /// `Allow`.
  public static let allow: HeaderName = "Allow"
  /// `Authorization`.
  public static let authorization: HeaderName = "Authorization"
  /// `Cache-Control`.
  public static let cacheControl: HeaderName = "Cache-Control"
  /// `Connection`.
  public static let connection: HeaderName = "Connection"
  /// `Content-Disposition`.
  public static let contentDisposition: HeaderName = "Content-Disposition"
  /// `Content-Length`.
  public static let contentLength: HeaderName = "Content-Length"
  /// `Content-Security-Policy`.
  public static let contentSecurityPolicy: HeaderName = "Content-Security-Policy"
  /// `Content-Type`.
  public static let contentType: HeaderName = "Content-Type"
  /// `Cookie`.
  public static let cookie: HeaderName = "Cookie"
  /// `Date`.
  public static let date: HeaderName = "Date"
  /// `ETag`.
  public static let eTag: HeaderName = "ETag"
  /// `Expect`.
  public static let expect: HeaderName = "Expect"
  /// `Host`.
  public static let host: HeaderName = "Host"
  /// `If-None-Match`.
  public static let ifNoneMatch: HeaderName = "If-None-Match"
  /// `Location`.
  public static let location: HeaderName = "Location"
  /// `Origin`.
  public static let origin: HeaderName = "Origin"
  /// `Retry-After`.
  public static let retryAfter: HeaderName = "Retry-After"
  /// `Server`.
  public static let server: HeaderName = "Server"
  /// `Set-Cookie`.
  public static let setCookie: HeaderName = "Set-Cookie"
  /// `Transfer-Encoding`.
  public static let transferEncoding: HeaderName = "Transfer-Encoding"
}

/// The headers of a message, in their order; a name may come more than once.
public struct Headers: Sendable, ExpressibleByDictionaryLiteral {
  /// One header.
  public struct Field: Sendable, Equatable {
    /// Its name.
    public var name: HeaderName
    /// Its value, without blanks around it.
    public var value: String
  }

  /// All of them.
  public private(set) var fields: [Field] = []

  /// None.
  public init() {}

  /// These.
  public init(dictionaryLiteral elements: (HeaderName, String)...) {
    fields = elements.map(Field.init)
  }

  /// The first value of a name; setting replaces all of them, and nil removes them.
  public subscript(name: HeaderName) -> String? {
    get { fields.first { $0.name == name }?.value }
    set {
      fields.removeAll { $0.name == name }
      if let newValue { append(name, newValue) }
    }
  }

  /// Every value of a name.
  public func all(_ name: HeaderName) -> [String] {
    fields.lazy.filter { $0.name == name }.map(\.value)
  }

  /// Adds one after those of the same name.
  public mutating func append(_ name: HeaderName, _ value: String) {
    fields.append(Field(name: name, value: value))
  }
}
