import Messages

/// What a replayed run says on standard output.
public enum Transcript {
  /// Writes a line.
  public static func write(_ line: String) { print(line) }

  /// A fingerprint of so many texts, the same in every process.
  public static func digest(_ texts: [[UInt8]]) -> String {
    let sum = texts.reduce(UInt64(texts.count)) { sum, text in
      Fingerprint.mix(sum &* 3 &+ text.withUnsafeBytes { Fingerprint.of($0) })
    }
    return String(sum, radix: 16)
  }
}
