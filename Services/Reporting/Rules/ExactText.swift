/// Text that is the same only as the same code points are: a key of part numbers and plants.
///
/// Swift's own equality of strings is canonical equivalence, under which two part numbers of the
/// catalogue could be one.
public struct ExactText: Hashable, Sendable {
  /// The text.
  public var text: String

  /// A text to be compared by code point.
  public init(_ text: String) { self.text = text }

  /// The text of UTF-8 bytes.
  public init(utf8: UnsafeRawBufferPointer) { text = String(decoding: utf8, as: UTF8.self) }

  public static func == (a: ExactText, b: ExactText) -> Bool {
    a.text.utf8.elementsEqual(b.text.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
      hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    }
    if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
    hasher.combine(UInt8(0xFF))
  }
}

/// A book's plant and part number, compared by code point.
public struct BookName: Hashable, Sendable {
  /// The plant.
  public var plant: ExactText
  /// The part number.
  public var part: ExactText

  /// The book of a part at a plant.
  public init(plant: String, part: String) {
    self.plant = ExactText(plant)
    self.part = ExactText(part)
  }
}
