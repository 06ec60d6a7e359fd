/// A property that says something of the command line.
protocol DeclaringProperty {
  /// - Parameter name: the property's, as the command line has it.
  func declaration(_ name: String) -> Declaration
}

/// A property that holds others that do.
protocol DeclaringGroup {
  var group: any ParsableArguments { get }
}

/// What the properties of a command say, in the order of their declaration.
struct Declarations {
  private enum Element {
    case argument(Declaration)
    case group(Declarations)
  }

  private let owner: any ParsableArguments
  private let elements: [Element]

  /// - Parameter owner: has the properties. Its copies share their values, so that what is taken
  ///   by ``Declaration/take`` shows in it.
  init(of owner: any ParsableArguments) {
    self.owner = owner
    elements = Mirror(reflecting: owner).children.compactMap { label, value in
      switch value {
      case let property as any DeclaringProperty:
        // A wrapper's storage has the property's name after an underscore.
        .argument(property.declaration(String(label?.dropFirst() ?? "").kebabCased))
      case let property as any DeclaringGroup: .group(Declarations(of: property.group))
      default: nil
      }
    }
  }

  /// All of them, those of groups in their places.
  var all: [Declaration] {
    elements.flatMap { element in
      switch element {
      case .argument(let declaration): [declaration]
      case .group(let group): group.all
      }
    }
  }

  /// Checks that what must be given was, and validates the groups and then the owner.
  ///
  /// - Throws: the first fault.
  func finish() throws(UsageFault) {
    for element in elements {
      switch element {
      case .argument(let declaration):
        if declaration.isRequired, !declaration.hasValue() { throw .missing(declaration) }
      case .group(let group): try group.finish()
      }
    }
    do {
      try owner.validate()
    } catch {
      throw .invalid("\(error)")
    }
  }
}
