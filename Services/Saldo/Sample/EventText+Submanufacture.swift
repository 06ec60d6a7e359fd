import Ledger

extension EventText {
  /// The one sub-manufacturer that a company has registered.
  mutating func submanufacturer(of company: Int, from start: CalendarDate, time: Int) {
    begin(.submanufacturer, time: time)
    text.append("\"submanufacturer\":\"SUB-1\",\"rfc\":\"")
    text.append(catalogue.taxpayers[company].rfc)
    text.append("\",\"ownRfc\":\"XAXX010101000\",\"name\":\"Costuras del Bajío ")
    text.append(number: company + 1)
    text.append("\",\"site\":\"Av. Taller ")
    text.append(number: 10 + company)
    text.append(", Celaya\",\"program\":null,\"validFrom\":\"")
    text.append(date: start)
    text.append("\"")
    end()
  }

  /// Goods that go to a sub-manufacturer or come back; times are seconds since 1970.
  mutating func submanufacture(
    _ goods: SampleSubmanufacture, document: Int, happened: Int, time: Int
  ) {
    let plant = catalogue.plants[goods.plant]
    begin(.submanufacture, time: time)
    text.append(goods.isBack ? "\"kind\":\"returned\"" : "\"kind\":\"sent\"")
    text.append(",\"rfc\":\"")
    text.append(catalogue.taxpayers[plant.company].rfc)
    text.append("\",\"plant\":\"")
    text.append(plant.code)
    text.append("\",\"submanufacturer\":\"SUB-1\",\"noticeFolio\":\"AS-")
    text.append(number: goods.sent > 0 ? goods.sent : document, width: 7)
    text.append("\",\"document\":\"SM-")
    text.append(number: document, width: 7)
    text.append("\",\"part\":\"")
    text.append(catalogue.parts[goods.part].code)
    text.append("\",\"quantity\":\"")
    text.append(decimal: goods.quantity, scale: 6)
    text.append("\",\"uom\":")
    text.append(number: catalogue.parts[goods.part].baseUom)
    text.append(",\"occurredAt\":\"")
    text.append(date: CalendarDate(days: Int32(happened / 86_400)))
    text.append(byte: UInt8(ascii: "T"))
    text.append(clock: happened % 86_400)
    text.append("Z\"")
    if goods.sent > 0 {
      text.append(",\"of\":{\"document\":\"SM-")
      text.append(number: goods.sent, width: 7)
      text.append("\"}")
    }
    end()
  }
}
