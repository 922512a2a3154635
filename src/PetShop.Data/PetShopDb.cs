using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using PetShop.Data.Api;
using PetShop.Data.Banners;
using PetShop.Data.Campaigns;
using PetShop.Data.Catalog;
using PetShop.Data.Events;
using PetShop.Data.Mail;
using PetShop.Data.Models;
using PetShop.Data.Operations;
using PetShop.Data.Orders;
using PetShop.Data.Pricing;
using PetShop.Data.Segments;
using PetShop.Data.Shoppers;

namespace PetShop.Data;

/// <summary>The shop's database: every table, mapped beside its entity.</summary>
public sealed class PetShopDb(DbContextOptions<PetShopDb> options)
    : IdentityDbContext<Shopper, IdentityRole<Guid>, Guid>(options)
{
    public DbSet<Brand> Brands => Set<Brand>();
    public DbSet<Category> Categories => Set<Category>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<Sku> Skus => Set<Sku>();
    public DbSet<SkuPrice> SkuPrices => Set<SkuPrice>();
    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<Shopper> Shoppers => Set<Shopper>();
    public DbSet<VisitorLink> VisitorLinks => Set<VisitorLink>();
    public DbSet<Pet> Pets => Set<Pet>();
    public DbSet<TasteCorrection> TasteCorrections => Set<TasteCorrection>();
    public DbSet<Address> Addresses => Set<Address>();
    public DbSet<WishListItem> WishListItems => Set<WishListItem>();
    public DbSet<ConsentReceipt> ConsentReceipts => Set<ConsentReceipt>();
    public DbSet<Erasure> Erasures => Set<Erasure>();

    public DbSet<Cart> Carts => Set<Cart>();
    public DbSet<CartLine> CartLines => Set<CartLine>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderLine> OrderLines => Set<OrderLine>();
    public DbSet<PaymentRelease> PaymentReleases => Set<PaymentRelease>();

    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();
    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<CampaignRecipient> CampaignRecipients => Set<CampaignRecipient>();

    public DbSet<ShopEvent> Events => Set<ShopEvent>();
    public DbSet<DroppedEvents> DroppedEvents => Set<DroppedEvents>();

    public DbSet<Segment> Segments => Set<Segment>();
    public DbSet<SegmentVersion> SegmentVersions => Set<SegmentVersion>();
    public DbSet<SegmentMembers> SegmentMembers => Set<SegmentMembers>();
    public DbSet<StoredLeaf> SegmentLeaves => Set<StoredLeaf>();
    public DbSet<SegmentSlot> SegmentSlots => Set<SegmentSlot>();
    public DbSet<SegmentTransition> SegmentTransitions => Set<SegmentTransition>();
    public DbSet<SegmentMark> SegmentMarks => Set<SegmentMark>();
    public DbSet<SegmentDay> SegmentDays => Set<SegmentDay>();
    public DbSet<MembershipState> MembershipStates => Set<MembershipState>();
    public DbSet<SegmentSubject> SegmentSubjects => Set<SegmentSubject>();
    public DbSet<FeatureMark> FeatureMarks => Set<FeatureMark>();
    public DbSet<FeatureState> FeatureStates => Set<FeatureState>();
    public DbSet<ShopperFeatures> ShopperFeatures => Set<ShopperFeatures>();
    public DbSet<ShopperInterests> ShopperInterests => Set<ShopperInterests>();
    public DbSet<ShopperList> ShopperLists => Set<ShopperList>();
    public DbSet<ShopperListMember> ShopperListMembers => Set<ShopperListMember>();
    public DbSet<LifetimeFit> LifetimeFits => Set<LifetimeFit>();
    public DbSet<Banner> Banners => Set<Banner>();
    public DbSet<BannerExperiment> BannerExperiments => Set<BannerExperiment>();
    public DbSet<BannerVersion> BannerVersions => Set<BannerVersion>();
    public DbSet<PriceOffer> PriceOffers => Set<PriceOffer>();
    public DbSet<PriceOfferVersion> PriceOfferVersions => Set<PriceOfferVersion>();

    public DbSet<RecommenderModel> RecommenderModels => Set<RecommenderModel>();
    public DbSet<TuningRun> TuningRuns => Set<TuningRun>();
    public DbSet<ProductNeighbours> ProductNeighbours => Set<ProductNeighbours>();
    public DbSet<ProductStats> ProductStats => Set<ProductStats>();
    public DbSet<SessionLogRow> SessionLogs => Set<SessionLogRow>();
    public DbSet<MerchandisingRule> MerchandisingRules => Set<MerchandisingRule>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<ApiRequest> ApiRequests => Set<ApiRequest>();
    public DbSet<ApiBudget> ApiBudgets => Set<ApiBudget>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<JobRun> JobRuns => Set<JobRun>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<IdentityRole<Guid>>().ToTable("roles");
        builder.Entity<IdentityUserRole<Guid>>().ToTable("shopper_roles");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("shopper_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("shopper_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("shopper_tokens");
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("role_claims");
        builder.ApplyConfigurationsFromAssembly(typeof(PetShopDb).Assembly);
        SnakeCaseNames.Apply(builder.Model);
    }
}
