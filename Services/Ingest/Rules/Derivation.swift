import Ledger
import Messages

/// What a document comes to in the books, given the facts known now.
struct Derivation {
  /// Movements with revision 0; the sender counts.
  var movements: [DerivedMovement] = []
  var lines: [RecordLine] = []
  /// Its side of a virtual transfer, with revision 0; nil for every other document.
  var side: TransferSide?
  var problems: [Statement.Problem] = []
  /// What the document depends on.
  var subjects: Set<String> = []
}

/// Derives the movements of one document that counts (Rules.md#R2.1, Rules.md#R3.1, Rules.md#R4.1).
struct Deriver {
  let catalog: Catalog
  /// The document's number.
  let number: String
  /// The root's clave, or the act's.
  let clave: String
  /// The root's date.
  let date: CalendarDate
  let limits: TimeLimits
  /// The pedimento that now stands for the one that is named; nil if that is not known.
  let standsFor: (String) throws -> String?

  /// Lines of one kind of one part, added up: the same part twice within a line adds up
  /// (Events.md#same-part).
  private struct Group {
    var line: StatementLine
    var value: Int64
    /// Exact, in the base unit.
    var quantity: UnboundedDecimal
    var part: Part
  }

  private struct GroupKey: Hashable {
    var line: Int32
    var plant: String
    var part: String
    var finished: Bool
    var directed: Bool
    var scrap: Bool
  }

  /// Lots of an entry.
  func lots(_ lines: [StatementLine]) -> Derivation {
    var derivation = Derivation()
    // Whether a line is finished, directed or scrap means nothing for what comes in.
    let plain = lines.map { line in
      var plain = line
      plain.finished = false
      plain.discharges = []
      plain.disposal = .none
      return plain
    }
    for group in groups(plain, &derivation) {
      guard let quantity = rounded(group, &derivation) else { continue }
      let dueOn = limits.dueOn(enteredOn: date, category: group.part.category, clave: clave)
      derivation.lines.append(record(group, quantity, dueOn))
      derivation.movements.append(
        .lot(
          LotMovement(
            clave: clave, dueOn: dueOn, enteredOn: date, line: group.line.line,
            part: group.line.part, pedimento: number, plant: group.line.plant, quantity: quantity,
            revision: 0, value: Money(centavos: group.value))))
    }
    return derivation
  }

  /// Demands of an exit or an act.
  func demands(
    _ lines: [StatementLine], _ explosions: inout ExplosionCache
  ) throws -> Derivation {
    var derivation = Derivation()
    for group in groups(lines.compactMap { resolved($0, &derivation) }, &derivation) {
      guard let quantity = rounded(group, &derivation) else { continue }
      derivation.lines.append(record(group, quantity, nil))
      guard let directed = try directed(group.line, &derivation) else { continue }
      if group.line.finished {
        explode(group, directed, &explosions, &derivation)
      } else {
        derivation.movements.append(
          .demand(
            demand(
              group.line, part: group.line.part, component: 0, product: nil, directed,
              group.line.isScrap ? .zero : quantity, .zero, group.line.isScrap ? quantity : .zero)))
      }
    }
    return derivation
  }

  /// What is known of a document without a quantity effect, as it stands.
  func listed(_ lines: [StatementLine]) -> Derivation {
    var derivation = Derivation()
    for line in lines {
      if !line.part.isEmpty { derivation.subjects.insert("part:" + line.part) }
      let part = catalog.parts[line.part]?.fact
      let factor = line.uom.flatMap { part?.factor(of: $0) }
      let exact = factor.flatMap { try? line.quantity * $0 } ?? line.quantity
      guard let quantity = try? Quantity(rounding: exact) else { continue }
      derivation.lines.append(
        RecordLine(
          dueOn: nil, line: line.line, nico: line.nico, originCountry: line.originCountry,
          part: line.part, plant: line.plant, quantity: quantity, tariffItem: line.tariffItem,
          uom: factor == nil ? line.uom : part?.uom ?? line.uom, value: line.value,
          details: line.details))
    }
    return derivation
  }

  /// The line with what its document's clave makes of it as scrap; nil if it cannot be that.
  private func resolved(
    _ line: StatementLine, _ derivation: inout Derivation
  ) -> StatementLine? {
    guard line.disposal != .none else { return line }
    guard let isDisposal = line.disposal.isDisposal(under: clave) else {
      derivation.problems.append(.rejected(.scrapClave, "línea \(line.line): clave \(clave)"))
      return nil
    }
    guard !isDisposal || !line.finished else {
      derivation.problems.append(.rejected(.scrapFinished, "línea \(line.line)"))
      return nil
    }
    var line = line
    line.disposal = isDisposal ? .said : .none
    return line
  }

  private func groups(_ lines: [StatementLine], _ derivation: inout Derivation) -> [Group] {
    var groups: [Group] = []
    var places: [GroupKey: Int] = [:]
    for line in lines {
      guard let (part, base) = based(line, &derivation) else { continue }
      let key = GroupKey(
        line: line.line, plant: line.plant, part: line.part, finished: line.finished,
        directed: !line.discharges.isEmpty, scrap: line.isScrap)
      guard let place = places[key] else {
        places[key] = groups.count
        groups.append(Group(line: line, value: line.value.centavos, quantity: base, part: part))
        continue
      }
      let (value, tooMuch) = groups[place].value.addingReportingOverflow(line.value.centavos)
      guard !tooMuch else {
        derivation.problems.append(.rejected(.quantityOverflow, "línea \(line.line)"))
        continue
      }
      groups[place].value = value
      groups[place].quantity += base
      groups[place].line.discharges += line.discharges
      if let details = line.details {
        groups[place].line.details =
          groups[place].line.details?.adding(details) ?? details.withoutAmounts
      } else {
        groups[place].line.details = groups[place].line.details?.withoutAmounts
      }
    }
    return groups
  }

  /// The line's part and its quantity in the base unit, exact.
  private func based(
    _ line: StatementLine, _ derivation: inout Derivation
  ) -> (Part, UnboundedDecimal)? {
    derivation.subjects.insert("part:" + line.part)
    guard catalog.plants[line.plant] != nil else {
      derivation.subjects.insert("plant:" + line.plant)
      derivation.problems.append(.waits(.plantUnknown, line.plant))
      return nil
    }
    guard let part = catalog.parts[line.part]?.fact else {
      derivation.problems.append(.waits(.partUnknown, line.part))
      return nil
    }
    guard let factor = line.uom.flatMap({ part.factor(of: $0) }) else {
      let unit = line.uom.map { "umc \($0.code)" } ?? "sin umc"
      derivation.problems.append(
        .rejected(.uomNoConversion, "línea \(line.line): \(line.part), \(unit)"))
      return nil
    }
    return (part, UnboundedDecimal(line.quantity) * UnboundedDecimal(factor))
  }

  private func rounded(_ group: Group, _ derivation: inout Derivation) -> Quantity? {
    guard let quantity = try? Quantity(rounding: group.quantity) else {
      derivation.problems.append(.rejected(.quantityOverflow, "línea \(group.line.line)"))
      return nil
    }
    guard quantity > .zero else {
      derivation.problems.append(.rejected(.quantityNotPositive, "línea \(group.line.line)"))
      return nil
    }
    return quantity
  }

  /// The entries that a line draws on; empty for first in first out, nil if one is not known.
  private func directed(
    _ line: StatementLine, _ derivation: inout Derivation
  ) throws -> [EntryReference]? {
    var entries: Set<EntryReference> = []
    for entry in line.discharges {
      derivation.subjects.insert("entry:" + entry.pedimento)
      guard let pedimento = try standsFor(entry.pedimento) else {
        derivation.problems.append(.waits(.entryUnknown, entry.pedimento))
        return nil
      }
      entries.insert(EntryReference(pedimento: pedimento, line: entry.line))
    }
    return entries.sorted()
  }

  private func explode(
    _ group: Group, _ directed: [EntryReference], _ explosions: inout ExplosionCache,
    _ derivation: inout Derivation
  ) {
    let line = group.line
    do throws(Explosion.Failure) {
      let explosion = try explosions.explosion(
        of: line.part, at: line.plant, on: date, catalog)
      if let unknown = explosion.components.first(where: { catalog.parts[$0.part] == nil }) {
        derivation.subjects.insert("part:" + unknown.part)
        derivation.problems.append(.waits(.partUnknown, unknown.part))
        return
      }
      var demands: [DerivedMovement] = []
      for (index, item) in explosion.components.enumerated() {
        // A demand asks for all three together: their sum is a quantity too.
        guard let incorporated = try? Quantity(rounding: item.incorporated * group.quantity),
          let waste = try? Quantity(rounding: item.waste * group.quantity),
          let scrap = try? Quantity(rounding: item.scrap * group.quantity),
          let total = try? incorporated.adding(waste).adding(scrap)
        else {
          derivation.problems.append(.rejected(.quantityOverflow, "línea \(line.line)"))
          return
        }
        guard total > .zero else { continue }
        demands.append(
          .demand(
            demand(
              line, part: item.part, component: Int32(index), product: line.part, directed,
              incorporated, waste, scrap)))
      }
      derivation.movements += demands
    } catch {
      switch error {
      case .noBill(let product):
        derivation.problems.append(.waits(.bomUnknown, "\(product) \(line.plant) \(date)"))
      case .cycle(let product): derivation.problems.append(.rejected(.bomCycle, product))
      }
    }
  }

  private func demand(
    _ line: StatementLine, part: String, component: Int32, product: String?,
    _ directed: [EntryReference], _ incorporated: Quantity, _ waste: Quantity, _ scrap: Quantity
  ) -> DemandMovement {
    DemandMovement(
      clave: clave, component: component, date: date, directed: directed.isEmpty ? nil : directed,
      document: number, incorporated: incorporated, line: line.line, part: part,
      plant: line.plant, product: product, revision: 0, scrap: scrap, waste: waste,
      account: line.isScrap ? .scrap : nil)
  }

  private func record(_ group: Group, _ quantity: Quantity, _ dueOn: CalendarDate?) -> RecordLine {
    RecordLine(
      dueOn: dueOn, line: group.line.line, nico: group.line.nico,
      originCountry: group.line.originCountry, part: group.line.part, plant: group.line.plant,
      quantity: quantity, tariffItem: group.line.tariffItem, uom: group.part.uom,
      value: Money(centavos: group.value), details: group.line.details)
  }
}
