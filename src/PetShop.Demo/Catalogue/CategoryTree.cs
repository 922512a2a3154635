using PetShop.Demo.Catalogue.Sheets;

namespace PetShop.Demo.Catalogue;

/// <summary>The categories with the advice that stands under a leaf's products.</summary>
internal sealed class CategoryTree
{
    private readonly Dictionary<string, string[]> _advice = [];
    private readonly List<Category> _categories = [];

    public IReadOnlyList<Category> Categories => _categories;

    public static CategoryTree Read()
    {
        var tree = new CategoryTree();
        string department = "", group = "";
        foreach (var line in CategorySheet.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = line[1..].Split('|', StringSplitOptions.TrimEntries);
            var parent = line[0] switch { '=' => null, '-' => department, _ => group };
            if (line[0] == '=') department = cells[0];
            if (line[0] == '-') group = cells[0];
            if (line[0] == '.') tree._advice[cells[0]] = cells[3..];
            tree._categories.Add(new(cells[0], cells[1], parent, department, cells[2], tree._categories.Count + 1));
        }
        return tree;
    }

    public IReadOnlyList<string> AdviceFor(string leaf) =>
        _advice.TryGetValue(leaf, out var advice) ? advice : throw new FormatException($"A product sheet names the leaf category '{leaf}', which the category sheet does not have.");

    public string DepartmentOf(string slug) => _categories.First(category => category.Slug == slug).Department;
}
