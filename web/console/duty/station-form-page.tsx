import { dutyKind, type FireStation, type FireStationBody, fireStationRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Form, Input, Select, Spin, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { useEnterpriseRegions } from "../../ui/use-enterprise-regions.ts";
import { PlaceField, type TypedPlace } from "../enterprises/place-field.tsx";
import { Failure } from "../ui/failure.tsx";
import { fieldFailure } from "../ui/field-failure.ts";
import { GroundField } from "./ground-field.tsx";

/** Registers a station, or changes one. */
export function StationFormPage() {
  const { t } = useTranslation();
  const fireStationId = useParams().fireStationId;
  const query = useQuery({
    queryKey: ["fire-station", fireStationId],
    queryFn: ({ signal }) =>
      api.call(fireStationRoutes.getFireStation, { params: { fireStationId: fireStationId! }, signal }),
    enabled: fireStationId !== undefined,
  });
  const isReady = fireStationId === undefined || query.data !== undefined;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{query.data?.name ?? t("console.duty.new")}</h1>
      </header>
      {isReady ? null : query.isError ? (
        <Failure error={query.error} onRetry={query.refetch} />
      ) : (
        <Spin description={t("common.loading")} />
      )}
      {isReady ? <StationForm station={query.data} /> : null}
    </main>
  );
}

type Fields = Omit<FireStationBody, "place"> & { place: TypedPlace };

function StationForm({ station }: { station: FireStation | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const regions = useEnterpriseRegions().data ?? [];
  const save = useMutation({
    mutationFn: (fields: Fields) => {
      // What is not typed the server names as missing.
      const body = fields as FireStationBody;
      return station
        ? api.call(fireStationRoutes.changeFireStation, {
            params: { fireStationId: station.fireStationId },
            body,
          })
        : api.call(fireStationRoutes.createFireStation, { body });
    },
    onSuccess: ({ fireStationId }) => {
      void message.success(t("console.duty.saved"));
      void client.invalidateQueries({ queryKey: ["fire-station", fireStationId] });
      navigate(`/fire-stations/${fireStationId}`);
    },
  });
  const wrong = fieldFailures(save.error);
  const initial: Fields = station ?? {
    name: "",
    region: undefined as never,
    phone: "",
    place: { latitudeDegrees: null, longitudeDegrees: null },
    areaRegions: [],
    areaGeometry: null,
    kinds: [...dutyKind.options],
    isActive: true,
  };
  return (
    <Form
      form={form}
      name="fire-station"
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={() => save.mutate(form.getFieldsValue(true))}
    >
      <div className="panel">
        <Form.Item name="name" label={t("console.duty.name")} {...fieldFailure(wrong.name)}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="region" label={t("console.duty.region")} {...fieldFailure(wrong.region)}>
          <Select showSearch={{ optionFilterProp: "label" }} options={regions} />
        </Form.Item>
        <Form.Item name="phone" label={t("console.duty.phone")} {...fieldFailure(wrong.phone)}>
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item
          name="place"
          label={t("console.duty.place")}
          {...fieldFailure(wrong.latitudeDegrees ?? wrong.longitudeDegrees ?? wrong.place)}
        >
          <PlaceField />
        </Form.Item>
        <Form.Item
          name="areaRegions"
          label={t("console.duty.areaRegions")}
          {...fieldFailure(wrong.areaRegions)}
        >
          <Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={regions} />
        </Form.Item>
        <Form.Item
          name="areaGeometry"
          label={t("console.duty.ground")}
          help={t("console.duty.groundHelp")}
          {...fieldFailure(wrong.areaGeometry)}
        >
          <GroundField />
        </Form.Item>
        <Form.Item name="kinds" label={t("console.duty.kinds")} {...fieldFailure(wrong.kinds)}>
          <Checkbox.Group
            options={dutyKind.options.map((value) => ({ value, label: t(`console.duty.kind.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="isActive" label={t("console.duty.active")} valuePropName="checked">
          <Switch />
        </Form.Item>
        {save.isError ? <Alert type="error" showIcon title={failureText(save.error)} /> : null}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t("console.duty.save")}
        </Button>
      </div>
    </Form>
  );
}
