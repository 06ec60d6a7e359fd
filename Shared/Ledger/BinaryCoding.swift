/// Writes values to the stores' binary layouts: little-endian integers, counted text and bytes.
public struct ByteWriter {
  /// What was written so far.
  public var bytes: [UInt8]

  /// A writer that goes on behind what is there.
  @inlinable
  public init(bytes: [UInt8] = []) { self.bytes = bytes }

  /// Writes an integer in its own width.
  @inlinable
  public mutating func integer(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes text of any length: its bytes counted in two bytes or, from 65,535 on, in four more.
  @inlinable
  public mutating func text(_ value: String) {
    var value = value
    value.withUTF8 { utf8 in
      integer(UInt16(clamping: utf8.count))
      if utf8.count >= UInt16.max { integer(UInt32(utf8.count)) }
      bytes.append(contentsOf: utf8)
    }
  }

  /// Writes bytes.
  @inlinable
  public mutating func blob(_ value: [UInt8]) {
    integer(UInt32(value.count))
    bytes.append(contentsOf: value)
  }
}

/// Reads what ``ByteWriter`` wrote.
public struct ByteReader {
  @usableFromInline let bytes: UnsafeRawBufferPointer
  @usableFromInline var position = 0
  @usableFromInline var hasFailed = false
  /// Whether something was read behind the end: then nothing that was read is worth anything.
  @inlinable
  public var failed: Bool { hasFailed }

  /// A reader from the beginning of bytes.
  public init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Reads an integer in its own width.
  @inlinable
  public mutating func integer<Value: FixedWidthInteger>(
    _ type: Value.Type = Value.self
  ) -> Value {
    let size = MemoryLayout<Value>.size
    guard position + size <= bytes.count else {
      hasFailed = true
      return 0
    }
    defer { position += size }
    return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Value.self))
  }

  /// Reads text.
  public mutating func text() -> String {
    var count = Int(integer(UInt16.self))
    if count == Int(UInt16.max) { count = Int(integer(UInt32.self)) }
    guard let range = take(count) else { return "" }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// Reads bytes.
  public mutating func blob() -> [UInt8] {
    guard let range = take(Int(integer(UInt32.self))) else { return [] }
    return Array(bytes[range])
  }

  /// Reads a counted list.
  public mutating func list<Element>(_ element: (inout ByteReader) -> Element) -> [Element] {
    var elements: [Element] = []
    for _ in 0..<integer(UInt32.self) where !failed { elements.append(element(&self)) }
    return elements
  }

  private mutating func take(_ count: Int) -> Range<Int>? {
    guard position + count <= bytes.count else {
      hasFailed = true
      return nil
    }
    defer { position += count }
    return position..<position + count
  }
}
