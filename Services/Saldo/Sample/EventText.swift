import Ledger

/// Writes one event after another into the same buffer.
struct EventText {
  let catalogue: Catalogue
  let text = ByteText()
  private let idPrefix: [UInt8]
  private var written = 0
  private var shownDay = CalendarDate(days: .min)
  private var day: [UInt8] = []

  init(_ catalogue: Catalogue, seed: UInt64) {
    self.catalogue = catalogue
    idPrefix = Array("s\(seed)-".utf8)
  }

  /// Begins an event up to its data; `time` is seconds since 1970.
  mutating func begin(_ kind: EventKind, source: StaticString? = nil, time: Int) {
    written += 1
    text.clear()
    text.append("{\"specversion\":\"1.0\",\"id\":\"")
    text.append(idPrefix)
    text.append(number: written, width: 8)
    text.append("\",\"source\":\"")
    text.append(source ?? kind.source)
    text.append("\",\"type\":\"")
    text.append(kind.type)
    text.append("\",\"time\":\"")
    append(instant: time)
    text.append("\",\"datacontenttype\":\"application/json\",\"data\":{")
  }

  private mutating func append(instant: Int) {
    let date = CalendarDate(days: Int32(instant / 86_400))
    if date != shownDay {
      shownDay = date
      day = Array(date.description.utf8)
    }
    text.append(day)
    text.append(byte: UInt8(ascii: "T"))
    text.append(clock: instant % 86_400)
    text.append(byte: UInt8(ascii: "Z"))
  }

  /// Leaves an event unwritten, and its identity unused by the others.
  mutating func skip() {
    written += 1
    text.clear()
  }

  func end() { text.append("}}") }

  // MARK: Catalogue

  mutating func company(_ index: Int, time: Int) {
    let taxpayer = catalogue.taxpayers[index]
    begin(.company, time: time)
    text.append("\"rfc\":\"")
    text.append(taxpayer.rfc)
    text.append("\",\"name\":\"")
    text.append(json: taxpayer.name)
    text.append("\",\"immexProgram\":\"")
    text.append(taxpayer.program)
    text.append(index % 2 == 0 ? "\",\"certification\":\"AA\"" : "\",\"certification\":null")
    end()
  }

  mutating func plant(_ index: Int, time: Int) {
    let plant = catalogue.plants[index]
    begin(.plant, time: time)
    text.append("\"plant\":\"")
    text.append(plant.code)
    text.append("\",\"rfc\":\"")
    text.append(catalogue.taxpayers[plant.company].rfc)
    text.append("\",\"name\":\"Planta ")
    text.append(plant.code)
    text.append("\",\"address\":\"Av. Peñasco ")
    text.append(number: 100 + index)
    text.append(", Parque Industrial\"")
    end()
  }

  /// `complete` is false for a part sent before engineering entered its unit factors.
  mutating func part(_ index: Int, complete: Bool, time: Int) {
    let part = catalogue.parts[index]
    begin(.part, time: time)
    text.append("\"part\":\"")
    text.append(part.code)
    text.append("\",\"kind\":\"")
    text.append(json: part.kind.rawValue)
    text.append("\",\"description\":\"")
    text.append(json: Catalogue.nouns[part.noun])
    text.append(byte: UInt8(ascii: " "))
    text.append(part.code)
    text.append("\",\"tariffItem\":\"")
    text.append(number: part.tariffItem, width: 8)
    text.append("\",\"nico\":\"")
    text.append(number: part.nico, width: 2)
    text.append("\",\"uom\":")
    text.append(number: part.baseUom)
    text.append(",\"category\":\"")
    text.append(json: part.category.rawValue)
    text.append("\",\"conversions\":[")
    for (i, conversion) in (complete ? part.conversions : []).enumerated() {
      text.append(i == 0 ? "{\"uom\":" : ",{\"uom\":")
      text.append(number: conversion.uom)
      text.append(",\"factor\":\"")
      text.append(decimal: conversion.factor, scale: 3)
      text.append("\"}")
    }
    text.append("]")
    end()
  }

  mutating func bom(_ bom: SampleBOM, time: Int) {
    begin(.bom, time: time)
    text.append("\"product\":\"")
    text.append(catalogue.parts[bom.product].code)
    text.append("\",\"version\":\"")
    text.append(byte: bom.version)
    text.append("\",\"validFrom\":\"")
    text.append(date: CalendarDate(days: bom.from))
    if let plant = bom.plant {
      text.append("\",\"plant\":\"")
      text.append(catalogue.plants[plant].code)
    }
    text.append("\",\"components\":[")
    for (i, component) in bom.components.enumerated() {
      text.append(i == 0 ? "{\"part\":\"" : ",{\"part\":\"")
      text.append(catalogue.parts[component.part].code)
      text.append("\",\"perUnit\":\"")
      text.append(decimal: component.perUnit, scale: 6)
      if component.waste > 0 {
        text.append("\",\"waste\":\"")
        text.append(decimal: component.waste, scale: 6)
      }
      if component.scrap > 0 {
        text.append("\",\"scrap\":\"")
        text.append(decimal: component.scrap, scale: 6)
      }
      text.append("\"}")
    }
    text.append("]")
    end()
  }
}
