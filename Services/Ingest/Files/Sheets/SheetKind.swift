/// A kind of spreadsheet: what tells it, and which columns it may have.
struct SheetKind {
  /// A column, by the name that it has in the file.
  struct Column {
    /// How a cell of it is written in spreadsheets beyond the plain text of it.
    enum Value {
      case text, decimal, digits, mark, day, moment, tariffItem, nico
      /// Words of the file with the events' for them.
      case word([String: String])
    }

    var name: String
    var value = Value.text
    /// Names that the same thing has elsewhere; a file with one of them in this one's stead is
    /// refused with the right name.
    var otherNames: [String] = []
    /// Whether another name is refused also where this column is there.
    var isExclusive = false
    /// Whether a file without it is refused as a whole, since none of its rows can be right.
    var isNeeded = false
  }

  /// What people call it.
  var title: String
  var columns: [Column]
  /// The columns that tell the kind, by their places in ``columns``: a header with all of them is
  /// of it.
  var telling: [Int]
}
