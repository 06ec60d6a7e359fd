import Foundation

/// Holds values to compiled schemas.
struct Validation {
  let schemas: [SchemaLocation: Schema]
  /// References followed at the value in hand, so that one that leads back to itself ends.
  private var following: Set<SchemaLocation> = []

  init(schemas: [SchemaLocation: Schema]) { self.schemas = schemas }

  /// What is wrong with a value, which stands at a pointer.
  func errors(in value: JSONValue, against schema: Schema, at pointer: String) -> [String] {
    switch schema {
    case .always(let holds): return holds ? [] : ["\(pointer): must not be there"]
    case .rules(let rules): return rules.flatMap { errors(in: value, against: $0, at: pointer) }
    case .reference(let location):
      guard !following.contains(location), let target = schemas[location] else {
        return ["\(pointer): its schema \(location) refers to itself without end"]
      }
      var inner = self
      inner.following.insert(location)
      return inner.errors(in: value, against: target, at: pointer)
    }
  }

  private func errors(in value: JSONValue, against rule: Rule, at pointer: String) -> [String] {
    func unless(_ holds: Bool, _ fault: @autoclosure () -> String) -> [String] {
      holds ? [] : ["\(pointer): \(fault())"]
    }
    switch (rule, value) {
    case (.type(let types), _):
      return unless(
        types.contains { $0.admits(value) },
        "must be \(types.map(\.rawValue).joined(separator: " or ")), not \(value)")
    case (.oneOfValues(let allowed), _):
      return unless(
        allowed.contains(value),
        "must be \(allowed.map(\.description).joined(separator: " or ")), not \(value)")
    case (.text(let pattern), .string(let text)):
      return unless(pattern.matches(text), "must match \(pattern.source), not \(value)")
    case (.format(let format), .string(let text)):
      return unless(format.admits(text), "must be a \(format.rawValue), not \(value)")
    case (.length(let least, let most), .string(let text)):
      return unless(
        text.unicodeScalars.count.lies(between: least, and: most),
        "must have \(bounds(least, most)) characters, not \(text.unicodeScalars.count)")
    case (.number(let bound), .number(let number)):
      return unless(bound.admits(number), "must be \(bound), not \(value)")
    case (.required(let names), .object(let members)):
      return names.filter { members[$0] == nil }.map { "\(pointer): must have \"\($0)\"" }
    case (.members(let named, let others), .object(let members)):
      return errors(inMembers: members, named: named, others: others, at: pointer)
    case (.elements(let first, let others), .array(let items)):
      return errors(inElements: items, first: first, others: others, at: pointer)
    case (.count(let least, let most), .array(let items)):
      return unless(
        items.count.lies(between: least, and: most),
        "must have \(bounds(least, most)) items, not \(items.count)")
    case (.uniqueElements, .array(let items)):
      return unless(Set(items).count == items.count, "must not repeat an item")
    case (.all(let parts), _):
      return parts.flatMap { errors(in: value, against: $0, at: pointer) }
    case (.any(let choices), _), (.exactlyOne(let choices), _):
      return errors(in: value, choices: choices, one: rule.isExactlyOne, at: pointer)
    case (.not(let schema), _):
      return unless(
        !errors(in: value, against: schema, at: pointer).isEmpty, "must not be such a value")
    case (.condition(let test, let then, let otherwise), _):
      let holds = errors(in: value, against: test, at: pointer).isEmpty
      return errors(in: value, against: holds ? then : otherwise, at: pointer)
    default:
      // A keyword says nothing about a value of another type.
      return []
    }
  }

  private func errors(
    inMembers members: [String: JSONValue], named: [String: Schema], others: Schema?,
    at pointer: String
  ) -> [String] {
    let inner = Validation(schemas: schemas)
    return members.sorted { $0.key < $1.key }.flatMap { name, member -> [String] in
      guard let schema = named[name] ?? others else { return [] }
      return inner.errors(
        in: member, against: schema, at: "\(pointer)/\(JSONValue.pointerToken(name))")
    }
  }

  private func errors(
    inElements items: [JSONValue], first: [Schema], others: Schema?, at pointer: String
  ) -> [String] {
    let inner = Validation(schemas: schemas)
    return items.enumerated().flatMap { index, item -> [String] in
      guard let schema = index < first.count ? first[index] : others else { return [] }
      return inner.errors(in: item, against: schema, at: "\(pointer)/\(index)")
    }
  }

  private func errors(
    in value: JSONValue, choices: [Schema], one: Bool, at pointer: String
  ) -> [String] {
    let faults = choices.map { errors(in: value, against: $0, at: pointer) }
    let fitting = faults.count { $0.isEmpty }
    if fitting == 1 || (fitting > 1 && !one) { return [] }
    if fitting > 1 {
      return ["\(pointer): must fit exactly one of \(choices.count) schemas, but fits \(fitting)"]
    }
    let reasons = faults.enumerated().map { "(\($0)) \($1.joined(separator: "; "))" }
    return [
      "\(pointer): must fit one of \(choices.count) schemas: "
        + reasons.joined(separator: " ")
    ]
  }

  private func bounds(_ least: Int?, _ most: Int?) -> String {
    [least.map { "at least \($0)" }, most.map { "at most \($0)" }].compactMap(\.self)
      .joined(separator: " and ")
  }
}

extension Rule {
  fileprivate var isExactlyOne: Bool { if case .exactlyOne = self { true } else { false } }
}

extension Int {
  fileprivate func lies(between least: Int?, and most: Int?) -> Bool {
    self >= least ?? .min && self <= most ?? .max
  }
}

extension NumberBound: CustomStringConvertible {
  var description: String {
    switch self {
    case .atLeast(let bound): "at least \(bound)"
    case .atMost(let bound): "at most \(bound)"
    case .above(let bound): "above \(bound)"
    case .below(let bound): "below \(bound)"
    }
  }
}
