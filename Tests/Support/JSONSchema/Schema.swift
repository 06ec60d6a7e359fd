import Foundation
import Synchronization

/// Where a schema stands: a file of the directory and a JSON Pointer into it.
struct SchemaLocation: Hashable, Sendable, CustomStringConvertible {
  var file: String
  var pointer: String

  var description: String { "\(file)#\(pointer)" }
}

/// A schema as read: what holds for everything, for nothing, or where all rules hold.
indirect enum Schema: Sendable {
  case always(Bool)
  case rules([Rule])
  case reference(SchemaLocation)
}

/// One keyword, or the few that only mean something together.
enum Rule: Sendable {
  case type([JSONType])
  case oneOfValues([JSONValue])
  case text(Pattern)
  case format(TextFormat)
  case length(atLeast: Int?, atMost: Int?)
  case number(NumberBound)
  case members([String: Schema], others: Schema?)
  case required([String])
  case elements(first: [Schema], others: Schema?)
  case count(atLeast: Int?, atMost: Int?)
  case uniqueElements
  case all([Schema])
  case any([Schema])
  case exactlyOne([Schema])
  case not(Schema)
  case condition(Schema, then: Schema, otherwise: Schema)
}

/// The names that `type` takes.
enum JSONType: String, Sendable {
  case null, boolean, integer, number, string, array, object

  /// Whether a value is of this type; `1.0` is an integer.
  func admits(_ value: JSONValue) -> Bool {
    switch (self, value) {
    case (.null, .null), (.boolean, .bool), (.number, .number), (.string, .string),
      (.array, .array), (.object, .object):
      true
    case (.integer, .number(let number)): JSONType.isWhole(number)
    default: false
    }
  }

  private static func isWhole(_ number: Decimal) -> Bool {
    var exact = number
    var whole = Decimal()
    NSDecimalRound(&whole, &exact, 0, .plain)
    return whole == number
  }
}

/// A bound on numbers.
enum NumberBound: Sendable {
  case atLeast(Decimal), atMost(Decimal), above(Decimal), below(Decimal)

  func admits(_ number: Decimal) -> Bool {
    switch self {
    case .atLeast(let bound): number >= bound
    case .atMost(let bound): number <= bound
    case .above(let bound): number > bound
    case .below(let bound): number < bound
    }
  }
}

/// A regular expression as JSON Schema means it: found anywhere, by code point, ASCII classes.
final class Pattern: Sendable {
  let source: String
  private let regex: Mutex<Regex<AnyRegexOutput>>

  init(_ source: String) throws {
    self.source = source
    let regex = try Regex(source).asciiOnlyDigits().asciiOnlyWordCharacters()
      .matchingSemantics(.unicodeScalar)
    self.regex = Mutex(regex)
  }

  func matches(_ text: String) -> Bool {
    regex.withLock { text.firstMatch(of: $0) != nil }
  }
}
