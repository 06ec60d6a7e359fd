/// The text of a member of a Data Stage: SAT writes Latin-1, and some who pass it on do not.
struct DataStageText {
  /// The text, in ``encoding``, without the mark of an encoding.
  let bytes: [UInt8]
  let encoding: FileText
  /// Whether the text ends within a character.
  let isCut: Bool

  /// - Parameter archive: for messages, with `name`, the member's.
  /// - Throws: ``InputFileError/Code/encoding``.
  init(_ raw: [UInt8], name: String, archive: String) throws {
    let (found, mark) = TextEncoding.of(raw)
    switch found {
    case .bytes:
      bytes = mark == 0 ? raw : Array(raw[mark...])
      encoding = raw.withUnsafeBytes(FileText.isUTF8) ? .utf8 : .latin1
      isCut = false
    case .utf16(let isBigEndian):
      var text = UTF16Text(isBigEndian: isBigEndian)
      var read: [UInt8] = []
      let isText = raw.withUnsafeBytes {
        text.append(UnsafeRawBufferPointer(rebasing: $0[mark...]), to: &read)
      }
      guard isText else { throw Self.error(name, archive, "is no UTF-16") }
      (bytes, encoding, isCut) = (read, .utf8, !text.isWhole)
    case .utf32: throw Self.error(name, archive, "is UTF-32: Latin-1, UTF-8 and UTF-16 are read")
    }
  }

  private static func error(_ name: String, _ archive: String, _ what: String) -> InputFileError {
    InputFileError(file: archive, code: .encoding, detail: "\(name): the text \(what)")
  }
}
