import ReportingRules

/// An answer that is the same as long as the program is.
struct FixedAnswer: Sendable {
  let path: String
  let bytes: [UInt8]
  let tag: String

  private init(_ path: String, _ value: [String: Any]) {
    self.path = path
    bytes = (try? JSONValueText.bytes(value)) ?? []
    tag = ReportRoutes.tag(String(decoding: bytes, as: UTF8.self))
  }

  /// The reports, each of them, and what there is as OpenAPI: made once.
  static let all =
    [
      FixedAnswer(ReportAPI.root, ReportAPI.list),
      FixedAnswer(ReportAPI.description, OpenAPI.document),
    ] + ReportFile.allCases.map { FixedAnswer(ReportAPI.path($0), ReportAPI.entry($0)) }
}
