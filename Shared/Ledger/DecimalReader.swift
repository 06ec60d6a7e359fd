/// Reads a decimal byte by byte, as JSON's grammar has it, without an allocation.
struct DecimalReader {
  private var mantissa: Int128 = 0
  private var scale = 0
  private var exponent = 0
  private var negative = false
  private var negativeExponent = false
  private var leadingZero = false
  private var state = State.start

  private enum State { case start, sign, whole, point, fraction, mark, exponentSign, exponent }

  mutating func take(_ byte: UInt8) throws(LedgerError) {
    switch (state, byte) {
    case (.start, UInt8(ascii: "-")):
      negative = true
      state = .sign
    case (.start, UInt8(ascii: "0")...UInt8(ascii: "9")),
      (.sign, UInt8(ascii: "0")...UInt8(ascii: "9")):
      leadingZero = byte == UInt8(ascii: "0")
      state = .whole
      try digit(byte)
    case (.whole, UInt8(ascii: "0")...UInt8(ascii: "9")):
      guard !leadingZero else { throw .notADecimal }
      try digit(byte)
    case (.whole, UInt8(ascii: ".")):
      state = .point
    case (.point, UInt8(ascii: "0")...UInt8(ascii: "9")),
      (.fraction, UInt8(ascii: "0")...UInt8(ascii: "9")):
      state = .fraction
      scale += 1
      try digit(byte)
    case (.whole, UInt8(ascii: "e")), (.whole, UInt8(ascii: "E")),
      (.fraction, UInt8(ascii: "e")), (.fraction, UInt8(ascii: "E")):
      state = .mark
    case (.mark, UInt8(ascii: "-")):
      negativeExponent = true
      state = .exponentSign
    case (.mark, UInt8(ascii: "+")):
      state = .exponentSign
    case (.mark, UInt8(ascii: "0")...UInt8(ascii: "9")),
      (.exponentSign, UInt8(ascii: "0")...UInt8(ascii: "9")),
      (.exponent, UInt8(ascii: "0")...UInt8(ascii: "9")):
      state = .exponent
      exponent = exponent * 10 + Int(byte - UInt8(ascii: "0"))
      guard exponent <= 100 else { throw .overflow }
    default:
      throw .notADecimal
    }
  }

  func finish() throws(LedgerError) -> ExactDecimal {
    switch state {
    case .whole, .fraction, .exponent: break
    default: throw .notADecimal
    }
    var value = negative ? -mantissa : mantissa
    let places = scale + (negativeExponent ? exponent : -exponent)
    guard places < 0, value != 0 else {
      return ExactDecimal(mantissa: value, scale: max(0, places))
    }
    guard -places <= 38 else { throw .overflow }
    let (wide, overflow) = value.multipliedReportingOverflow(by: PowersOfTen.wide[-places])
    guard !overflow else { throw .overflow }
    value = wide
    return ExactDecimal(mantissa: value, scale: 0)
  }

  private mutating func digit(_ byte: UInt8) throws(LedgerError) {
    let (wide, tooLarge) = mantissa.multipliedReportingOverflow(by: 10)
    let (sum, overflow) = wide.addingReportingOverflow(Int128(byte - UInt8(ascii: "0")))
    guard !tooLarge, !overflow else { throw .overflow }
    mantissa = sum
  }
}
