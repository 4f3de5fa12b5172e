namespace Plumb.Reports;

/// <summary>A part of a page. The list is closed: a renderer knows them all.</summary>
internal abstract record PagePart;
