using System.ComponentModel.DataAnnotations;
using PetShop.Targeting.Segments;
using PetShop.Web.Targeting.Lists;

namespace PetShop.Web.Areas.Admin;

/// <summary>A list as it is uploaded: a file, or lines pasted into a field.</summary>
public sealed record ListForm
{
    [Required(ErrorMessage = "Give it a name."), StringLength(80, ErrorMessage = "Keep the name under 80 letters.")] public string Name { get; init; } = "";

    /// <summary>Empty for one made of the name.</summary>
    [RegularExpression(RuleNames.ListKeyPattern, ErrorMessage = "Use small letters, digits and single dashes, such as vip-2026; 60 at most.")] public string? Key { get; init; }

    [StringLength(500, ErrorMessage = "Keep the note under 500 letters.")] public string? Note { get; init; }
    public string? Pasted { get; init; }
    public IFormFile? Upload { get; init; }

    /// <summary>The rows of the file and of the field.</summary>
    /// <exception cref="InvalidDataException">There are too many of them, or none.</exception>
    public IReadOnlyList<ListRow> Rows()
    {
        using var file = Upload is { Length: > 0 } upload ? new StreamReader(upload.OpenReadStream()) : null;
        IReadOnlyList<ListRow> rows = [.. file is null ? [] : ListRows.Read(file), .. ListRows.Read(new StringReader(Pasted ?? ""))];
        return rows.Count > 0 ? rows : throw new InvalidDataException("There is nothing in it. Choose a file with shopper ids or e-mail addresses, or paste them, one to a line.");
    }
}
