import Ledger

extension DataStageFiles {
  /// Adds one pedimento to every member that it appears in.
  func add(_ document: SampleDocument, type: Int) throws(SampleError) {
    extendPeriod(to: document.paidOn)
    // 8:00 to 17:59; received up to two days before it was paid.
    let second = 28_800 + random.below(36_000)
    let early = random.chance(150) ? Int32(1 + random.below(2)) : 0
    // Some have no payment time, and then reception is what dates them.
    let paid = !random.chance(25)
    let received = paid ? CalendarDate(days: document.paidOn.days - early) : document.paidOn
    func stamp(_ text: ByteText) { append(document.paidOn, second, to: text) }

    try general(document, type, received, paid ? second : nil)
    try invoice(document, second)
    try row(.dates) { text in
      key(document, text)
      text.append("2|")
      stamp(text)
      stamp(text)
    }
    try row(.identifiers) { text in
      key(document, text)
      text.append("IM|")
      text.append(catalogue.taxpayers[company].program)
      text.append("|")
      text.append(number: type)
      text.append("||")
      stamp(text)
    }
    if let other = document.counterparty {
      try row(.identifiers) { text in
        key(document, text)
        text.append("V1|")
        text.append(catalogue.taxpayers[catalogue.plants[other.plant].company].rfc)
        text.append("|")
        text.append(number: type)
        text.append("|IM|")
        stamp(text)
      }
    }
    if let before = document.rectifies, let original = document.original {
      try rectification(document, before, original, second)
    }
    if type != 7, type != 8 { try selection(document) }
    try lines(of: document, second)
  }

  /// Patente, Pedimento, SeccionAduanera.
  func key(_ document: SampleDocument, _ text: ByteText) {
    key(document.number, text)
  }

  private func key(_ number: PedimentoNumber, _ text: ByteText) {
    text.append(number: number.patente, width: 4)
    text.append("|")
    text.append(number: number.seven, width: 7)
    text.append("|")
    text.append(number: number.section, width: 3)
    text.append("|")
  }

  /// `YYYY-MM-DD HH:MM:SS|`
  func append(_ date: CalendarDate, _ second: Int, to text: ByteText) {
    text.append(date: date)
    text.append(" ")
    text.append(clock: second)
    text.append("|")
  }

  /// A blank field: nothing, or one space.
  func blank(_ text: ByteText) {
    text.append(random.chance(300) ? " |" : "|")
  }

  private func general(
    _ document: SampleDocument, _ type: Int, _ received: CalendarDate, _ second: Int?
  ) throws(SampleError) {
    let taxpayer = catalogue.taxpayers[company]
    let weight = 50_000 + random.below(9_000_000)
    try row(.general) { text in
      key(document, text)
      text.append(document.isImport ? "1|" : "2|")
      text.append(document.clave.text)
      text.append("|")
      text.append(number: document.number.section, width: 3)
      text.append("|")
      blank(text)
      text.append(taxpayer.rfc)
      text.append("|CURP000000HDFXXX01|18.00120|0|0|0|0|0|")
      text.append(decimal: Int64(weight), scale: 3, fixed: true)
      text.append("|7|7|7|9|")
      text.append(latin1: taxpayer.name)
      text.append(latin1: "|CALLE NIÑOS HÉROES|")
      blank(text)
      text.append("134|20909|")
      text.append("Z|AG|MEX|")
      text.append(number: type)
      text.append("|")
      append(received, 25_200 + (second ?? 28_800) % 3600, to: text)
      if let second {
        append(document.paidOn, second, to: text)
      } else {
        blank(text)
      }
    }
  }

  private func invoice(_ document: SampleDocument, _ second: Int) throws(SampleError) {
    let pesos = document.lines.reduce(0) { $0 + $1.pesos }
    try row(.invoices) { text in
      key(document, text)
      append(document.paidOn, 0, to: text)
      text.append("COVE")
      text.append(number: Int(document.number.value % 1_000_000_000), width: 9)
      text.append("|FCA|USD|")
      text.append(decimal: dollars(pesos), scale: 2, fixed: true)
      text.append("|")
      text.append(decimal: dollars(pesos), scale: 2, fixed: true)
      text.append("|USA|")
      blank(text)
      text.append("99-999|")
      text.append(latin1: random.chance(500) ? "PEÑA & SONS \"METALS\" INC" : "PROVEEDOR GÜERO LLC")
      text.append("|MAIN|")
      blank(text)
      text.append("1|00000|EL PASO|")
      append(document.paidOn, second, to: text)
    }
  }

  /// Cents, at the one rate of exchange that the sample knows.
  func dollars(_ pesos: Int64) -> Int64 { max(1, pesos * 10_000_000 / 1_800_120) }

  private func rectification(
    _ document: SampleDocument,
    _ before: (number: PedimentoNumber, clave: SampleClave, paidOn: CalendarDate),
    _ original: PedimentoNumber, _ second: Int
  ) throws(SampleError) {
    try row(.rectifications) { text in
      key(document, text)
      text.append("R1|")
      append(document.paidOn, second, to: text)
      text.append(number: before.number.seven, width: 7)
      text.append("|")
      text.append(number: before.number.patente, width: 4)
      text.append("|")
      text.append(number: before.number.section, width: 3)
      text.append("|")
      text.append(before.clave.text)
      text.append("|")
      append(before.paidOn, 0, to: text)
      text.append(number: original.seven, width: 7)
      text.append("|")
      text.append(number: original.patente, width: 4)
      text.append("|")
      text.append(number: original.section, width: 3)
      text.append("|")
    }
  }

  private func selection(_ document: SampleDocument) throws(SampleError) {
    let red = random.chance(80)
    let clock = 36_000 + random.below(36_000)
    try row(.selection) { text in
      key(document, text)
      text.append("0|1|")
      append(document.paidOn, 0, to: text)
      text.append(clock: clock)
      text.append(red ? "|0|" : "|1|")
      text.append(document.clave.text)
      text.append(document.isImport ? "|1|" : "|2|")
    }
  }
}
