import Ledger

extension DataStageFiles {
  /// One partida for each line number: the parts that share one add up.
  func lines(of document: SampleDocument, _ second: Int) throws(SampleError) {
    var at = 0
    while at < document.lines.count {
      let first = document.lines[at]
      var (quantity, pesos) = (first.quantity, first.pesos)
      var next = at + 1
      while next < document.lines.count, document.lines[next].number == first.number {
        quantity += document.lines[next].quantity
        pesos += document.lines[next].pesos
        next += 1
      }
      countPartida()
      try partida(document, first, quantity, pesos, second)
      try detail(document, document.lines[at..<next], pesos, second)
      at = next
    }
  }

  /// The key, and Fraccion and SecuenciaFraccion.
  private func key(_ document: SampleDocument, _ line: SampleLine, _ text: ByteText) {
    key(document, text)
    text.append(number: line.tariffItem, width: 8)
    text.append("|")
    text.append(number: line.number)
    text.append("|")
  }

  private func partida(
    _ document: SampleDocument, _ line: SampleLine, _ quantity: Int64, _ pesos: Int64,
    _ second: Int
  ) throws(SampleError) {
    let part = catalogue.parts[line.part]
    // Three decimals by the book, five in practice, none when nobody cares.
    let style = random.below(3)
    try row(.partidas) { text in
      func amount() {
        switch style {
        case 0: text.append(decimal: quantity, scale: 3, fixed: true)
        case 1: text.append(decimal: quantity * 100, scale: 5, fixed: true)
        default: text.append(decimal: quantity, scale: 3)
        }
        text.append("|")
        text.append(number: line.uom)
        text.append("|")
      }
      key(document, line, text)
      text.append(number: line.nico)
      text.append("|")
      text.append(latin1: Catalogue.nouns[part.noun])
      text.append(" ")
      text.append(part.code)
      text.append("|")
      text.append(decimal: part.centavos * 1000, scale: 5, fixed: true)
      text.append("|")
      text.append(number: Int(pesos))
      text.append("|")
      text.append(number: Int(pesos))
      text.append("|")
      text.append(decimal: dollars(pesos), scale: 2, fixed: true)
      text.append("|")
      amount()
      amount()
      blank(text)
      text.append("0|0|")
      for _ in 0..<3 { blank(text) }
      text.append(Catalogue.origins[line.origin])
      text.append("|USA|")
      for _ in 0..<4 { blank(text) }
      text.append(document.isImport ? "1|" : "2|")
      text.append(document.clave.text)
      text.append("|")
      append(document.paidOn, second, to: text)
    }
  }

  private func detail(
    _ document: SampleDocument, _ lines: ArraySlice<SampleLine>, _ pesos: Int64, _ second: Int
  ) throws(SampleError) {
    guard let line = lines.first else { return }
    if line.serial > 0 {
      try row(.serials) { text in
        key(document, line, text)
        text.append("SN")
        text.append(number: line.serial, width: 8)
        text.append("|")
        blank(text)
        append(document.paidOn, second, to: text)
      }
    }
    let packaging = catalogue.parts[line.part].noun == Catalogue.packaging
    if line.finished || packaging {
      try row(.partidaIdentifiers) { text in
        key(document, line, text)
        text.append(line.finished ? "PT|||" : "EB|||")
        append(document.paidOn, second, to: text)
      }
    }
    if line.scrap {
      try row(.partidaIdentifiers) { text in
        key(document, line, text)
        text.append(document.effect == .donation ? "DN|||" : "DE|||")
        append(document.paidOn, second, to: text)
      }
    }
    contributions += 1
    try row(.partidaContributions) { text in
      key(document, line, text)
      text.append(document.isImport ? "3|21|" : "3|5|")
      text.append(number: document.isImport ? Int(pesos) * 16 / 100 : 0)
      text.append("|")
      append(document.paidOn, second, to: text)
    }
    for (index, each) in lines.enumerated() {
      try row(.partidaRemarks) { text in
        key(document, each, text)
        text.append(number: index + 1)
        text.append("|NP ")
        text.append(catalogue.parts[each.part].code)
        text.append("|")
        append(document.paidOn, second, to: text)
      }
    }
  }
}
