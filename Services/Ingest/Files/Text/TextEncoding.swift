/// How the text of a file is encoded: what its first bytes tell, and what they cannot tell.
enum TextEncoding: Equatable {
  /// UTF-8, or a code page of one byte for each letter: ``FileText`` tells.
  case bytes
  case utf16(isBigEndian: Bool)
  case utf32

  /// The encoding of a text, and the bytes of the mark in front of it.
  ///
  /// What is read here begins with ASCII, so UTF-16 is known without its mark as well: by the byte
  /// of zeros beside each letter.
  static func of(_ first: some Collection<UInt8>) -> (encoding: TextEncoding, mark: Int) {
    let bytes = Array(first.prefix(4))
    switch bytes {
    case [0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF]: return (.utf32, 4)
    case _ where bytes.starts(with: [0xEF, 0xBB, 0xBF]): return (.bytes, 3)
    case _ where bytes.starts(with: [0xFF, 0xFE]): return (.utf16(isBigEndian: false), 2)
    case _ where bytes.starts(with: [0xFE, 0xFF]): return (.utf16(isBigEndian: true), 2)
    default: break
    }
    guard bytes.count > 1 else { return (.bytes, 0) }
    let zeros = bytes.map { $0 == 0 }
    if zeros == [false, true, true, true] || zeros == [true, true, true, false] {
      return (.utf32, 0)
    }
    for isBigEndian in [false, true] {
      let isBeside = zeros.enumerated().allSatisfy { ($0 % 2 == 0) == ($1 == isBigEndian) }
      if isBeside { return (.utf16(isBigEndian: isBigEndian), 0) }
    }
    return (.bytes, 0)
  }
}

/// Reads UTF-16 as UTF-8, over as many pieces as it comes in.
struct UTF16Text {
  let isBigEndian: Bool
  /// The first byte of a unit whose second has yet to come.
  private var half: UInt8?
  /// The first unit of a pair whose second has yet to come.
  private var high: UInt16?

  init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  /// Whether the text does not end within a character.
  var isWhole: Bool { half == nil && high == nil }

  /// Appends the text as UTF-8; false where it is no UTF-16.
  mutating func append(_ text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) -> Bool {
    for byte in text {
      guard let first = half else {
        half = byte
        continue
      }
      half = nil
      let unit =
        isBigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
      guard append(unit, to: &bytes) else { return false }
    }
    return true
  }

  private mutating func append(_ unit: UInt16, to bytes: inout [UInt8]) -> Bool {
    let isLow = (0xDC00...0xDFFF).contains(unit)
    if let first = high {
      high = nil
      guard isLow else { return false }
      let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
      return append(Unicode.Scalar(value), to: &bytes)
    }
    if (0xD800...0xDBFF).contains(unit) {
      high = unit
      return true
    }
    return !isLow && append(Unicode.Scalar(unit), to: &bytes)
  }

  private func append(_ scalar: Unicode.Scalar?, to bytes: inout [UInt8]) -> Bool {
    guard let scalar else { return false }
    bytes.append(contentsOf: UTF8.encode(scalar) ?? .init(repeating: 0, count: 0))
    return true
  }
}
