import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An element of an XML document: its name, those around it, and its text with that of what is in
/// it.
struct Element {
  var name: String
  var path: [String]
  var attributes: [String: String]
  var text = ""

  /// All elements in the order in which they begin.
  static func all(in bytes: [UInt8]) throws -> [Element] {
    let collector = Collector()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = collector
    guard parser.parse() else {
      throw ZIPMembers.Failure(
        what: "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "?")")
    }
    return collector.elements
  }

  private final class Collector: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    private var open: [Int] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      let path = open.map { elements[$0].name }
      open.append(elements.count)
      elements.append(Element(name: name, path: path, attributes: attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      // A cell's text is at most three elements within it.
      for index in open.suffix(4) where elements[index].name != "row" {
        elements[index].text += text
      }
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) { open.removeLast() }
  }
}
