import Ledger
import Testing

@Suite struct BinaryCodingTests {
  @Test(arguments: [0, 1, 300, 65_534, 65_535, 65_536, 200_000])
  func textOfAnyLengthIsReadAsItWasWritten(_ length: Int) {
    let text = String(repeating: "x", count: length)
    var writer = ByteWriter()
    writer.text(text)
    writer.text("behind")
    writer.bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes: bytes)
      #expect(reader.text() == text && reader.text() == "behind" && !reader.failed)
    }
    // What is cut short is found out.
    writer.bytes.dropLast().withUnsafeBytes { bytes in
      var reader = ByteReader(bytes: bytes)
      #expect(reader.text() == text && reader.text().isEmpty && reader.failed)
    }
  }
}
