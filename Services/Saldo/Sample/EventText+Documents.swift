import Ledger

extension EventText {
  mutating func pedimento(_ document: SampleDocument, time: Int) {
    let plant = catalogue.plants[document.plant]
    begin(.pedimento, time: time)
    text.append("\"pedimento\":\"")
    append(document.number)
    text.append("\",\"clave\":\"")
    text.append(document.clave.text)
    text.append(document.isImport ? "\",\"operation\":\"import" : "\",\"operation\":\"export")
    text.append("\",\"rfc\":\"")
    text.append(catalogue.taxpayers[plant.company].rfc)
    text.append("\",\"plant\":\"")
    text.append(plant.code)
    text.append("\",\"paidOn\":\"")
    text.append(date: document.paidOn)
    if let before = document.rectifies {
      text.append("\",\"rectifies\":\"")
      append(before.number)
    }
    if let other = document.counterparty {
      let theirs = catalogue.plants[other.plant]
      text.append("\",\"counterparty\":{\"rfc\":\"")
      text.append(catalogue.taxpayers[theirs.company].rfc)
      text.append("\",\"plant\":\"")
      text.append(theirs.code)
      text.append("\",\"pedimento\":\"")
      append(other.pedimento)
      text.append("\"},\"lines\":[")
    } else {
      text.append("\",\"lines\":[")
    }
    for (i, line) in document.lines.enumerated() {
      text.append(i == 0 ? "{\"line\":" : ",{\"line\":")
      appendStart(of: line)
      text.append(",\"tariffItem\":\"")
      text.append(number: line.tariffItem, width: 8)
      text.append("\",\"nico\":\"")
      text.append(number: line.nico, width: 2)
      text.append("\",\"valueMXN\":\"")
      text.append(number: Int(line.pesos))
      text.append("\",\"originCountry\":\"")
      text.append(Catalogue.origins[line.origin])
      text.append(byte: UInt8(ascii: "\""))
      if line.finished { text.append(",\"finished\":true") }
      if line.scrap { text.append(",\"scrap\":true") }
      appendDischarges(of: line)
      if line.serial > 0 {
        text.append(",\"serial\":\"SN")
        text.append(number: line.serial, width: 8)
        text.append(byte: UInt8(ascii: "\""))
      }
      text.append("}")
    }
    text.append("]")
    end()
  }

  mutating func act(_ act: SampleAct, destroyedOn: CalendarDate, time: Int) {
    let plant = catalogue.plants[act.plant]
    begin(.destruction, time: time)
    text.append("\"acta\":\"ACTA-")
    text.append(number: act.number, width: 6)
    text.append("\",\"noticeFolio\":\"")
    text.append(act.notice > 0 ? "AD-" : "AV-")
    text.append(number: act.notice > 0 ? act.notice : act.number, width: 6)
    text.append("\",\"destroyedOn\":\"")
    text.append(date: destroyedOn)
    text.append("\",\"rfc\":\"")
    text.append(catalogue.taxpayers[plant.company].rfc)
    text.append("\",\"plant\":\"")
    text.append(plant.code)
    text.append("\",\"lines\":[")
    for (i, line) in act.lines.enumerated() {
      text.append(i == 0 ? "{\"line\":" : ",{\"line\":")
      appendStart(of: line)
      if line.scrap { text.append(",\"scrap\":true") }
      appendDischarges(of: line)
      text.append("}")
    }
    text.append("]")
    end()
  }

  /// The notice that goods will be destroyed.
  mutating func notice(
    _ number: Int, of lines: [SampleLine], _ plant: Int, on day: CalendarDate, time: Int
  ) {
    let plant = catalogue.plants[plant]
    begin(.destructionNotice, time: time)
    text.append("\"folio\":\"AD-")
    text.append(number: number, width: 6)
    text.append("\",\"noticedOn\":\"")
    text.append(date: day)
    text.append("\",\"rfc\":\"")
    text.append(catalogue.taxpayers[plant.company].rfc)
    text.append("\",\"plant\":\"")
    text.append(plant.code)
    text.append("\",\"lines\":[")
    for (i, line) in lines.enumerated() {
      text.append(i == 0 ? "{\"line\":" : ",{\"line\":")
      appendStart(of: line)
      text.append("}")
    }
    text.append("]")
    end()
  }

  /// `happened` is when, `time` when the plant's system sent it.
  mutating func stock(_ stock: SampleStock, document: Int, happened: Int, time: Int) {
    let plant = catalogue.plants[stock.plant]
    begin(.stock, source: stock.kind.isProduction ? "/mes" : nil, time: time)
    text.append("\"kind\":\"")
    text.append(stock.kind.text)
    text.append("\",\"plant\":\"")
    text.append(plant.code)
    text.append("\",\"part\":\"")
    text.append(catalogue.parts[stock.part].code)
    text.append("\",\"quantity\":\"")
    text.append(decimal: stock.quantity, scale: 6)
    text.append("\",\"uom\":")
    text.append(number: stock.uom)
    let isOfMove = stock.kind == .moved || stock.move > 0
    text.append(isOfMove ? ",\"document\":\"MV-" : ",\"document\":\"D-")
    text.append(number: stock.move > 0 ? stock.move : document, width: 9)
    text.append("\",\"occurredAt\":\"")
    text.append(date: CalendarDate(days: Int32(happened / 86_400)))
    text.append(byte: UInt8(ascii: "T"))
    text.append(clock: happened % 86_400)
    text.append("Z\"")
    if stock.order > 0 {
      text.append(",\"order\":\"OP-")
      text.append(number: stock.order, width: 7)
      text.append(byte: UInt8(ascii: "\""))
    }
    if stock.location >= 0 {
      text.append(",\"location\":\"R")
      text.append(number: stock.location / 20, width: 2)
      text.append(byte: UInt8(ascii: "-"))
      text.append(number: stock.location % 20, width: 2)
      text.append(byte: UInt8(ascii: "\""))
    }
    if stock.kind == .moved {
      text.append(",\"rfc\":\"")
      text.append(catalogue.taxpayers[plant.company].rfc)
      text.append("\",\"toPlant\":\"")
      text.append(catalogue.plants[stock.toPlant].code)
      text.append("\",\"aviso\":\"AT-")
      text.append(number: document, width: 9)
      text.append(byte: UInt8(ascii: "\""))
    }
    end()
  }

  private func append(_ number: PedimentoNumber) {
    text.append(number: Int(number.value), width: 15)
  }

  /// The line's number, part, quantity and unit.
  private func appendStart(of line: SampleLine) {
    text.append(number: line.number)
    text.append(",\"part\":\"")
    text.append(catalogue.parts[line.part].code)
    text.append("\",\"quantity\":\"")
    text.append(decimal: line.quantity, scale: 3)
    text.append("\",\"uom\":")
    text.append(number: line.uom)
  }

  private func appendDischarges(of line: SampleLine) {
    guard let entry = line.discharges else { return }
    text.append(",\"discharges\":[{\"pedimento\":\"")
    append(entry.pedimento)
    text.append("\",\"line\":")
    text.append(number: entry.line)
    text.append("}]")
  }
}
